-- A film's popularity is the sum of its verdicts, whoever changes them and however many at once.
create function keep_popularity() returns trigger language plpgsql as $$
begin
  update films set popularity = popularity + coalesce(new.verdict, 0) - coalesce(old.verdict, 0)
  where id = coalesce(new.film_id, old.film_id);
  return null;
end
$$;
--> statement-breakpoint
create trigger verdicts_are_counted after insert or update or delete on film_verdicts
  for each row execute function keep_popularity();

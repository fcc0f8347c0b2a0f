const car = {
  symboling: 1,
  fueltype: 'gas',
  aspiration: 'std',
  doornumber: 'two',
  carbody: 'hatchback',
  drivewheel: 'fwd',
  enginelocation: 'front',
  wheelbase: 93.7,
  carlength: 157.3,
  carwidth: 63.8,
  carheight: 50.8,
  curbweight: 1876,
  enginetype: 'ohc',
  cylindernumber: 'four',
  enginesize: 90,
  fuelsystem: '2bbl',
  boreratio: 2.97,
  stroke: 3.23,
  compressionratio: 9.4,
  horsepower: 68,
  peakrpm: 5500,
  citympg: 31,
  highwaympg: 38,
}

/** The same small car so many times over, as the API takes it. */
export function exampleCar(rows: number): Record<string, (number | string)[]> {
  return Object.fromEntries(Object.entries(car).map(([name, value]) => [name, new Array(rows).fill(value)]))
}

import type { Answer, CallbackSpec, Message, MessageSpec } from './message.ts'
import { parsePublishOptions } from './publish-options.ts'
import { shownHeaders } from './redact.ts'

export interface CallbackMessage {
  spec: MessageSpec
  body: Buffer
}

/** A message that tells a callback address how a delivery was answered. */
export function callbackMessage(
  callback: CallbackSpec,
  source: Message,
  answer: Answer,
  nowMs: number,
  dlqId?: string,
): CallbackMessage {
  const { delivery, delayMs, notBeforeMs } = parsePublishOptions({
    'content-type': 'application/json',
    ...callback.headers,
  })
  return {
    spec: {
      ...delivery,
      labels: delivery.labels ?? source.spec.labels,
      url: callback.url,
      callerIp: source.spec.callerIp,
      createdAtMs: nowMs,
      notBeforeMs: notBeforeMs ?? nowMs + delayMs,
    },
    body: Buffer.from(JSON.stringify(callbackBody(source, answer, dlqId))),
  }
}

function callbackBody({ id, spec, body, retried }: Message, answer: Answer, dlqId?: string) {
  return {
    status: answer.status,
    header: answer.headers,
    body: answer.body.toString('base64'),
    retried,
    maxRetries: spec.maxRetries,
    dlqId,
    sourceMessageId: id,
    topicName: spec.topicName,
    endpointName: spec.endpointName,
    url: spec.url,
    method: spec.method,
    sourceHeader: shownHeaders(spec.headers),
    sourceBody: body.toString('base64'),
    notBefore: spec.notBeforeMs,
    createdAt: spec.createdAtMs,
    scheduleId: spec.scheduleId,
    callerIP: spec.callerIp,
  }
}

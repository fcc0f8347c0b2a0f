import { dlqIdOf } from './dead-letters.ts'
import type { Message, MessageSpec } from './message.ts'
import { shownBody, shownHeaders } from './redact.ts'
import type { DeadLetter } from './store.ts'

/** A message as the API shows it. */
export const messageView = ({ id, spec, body }: Message) => specView(id, spec, body)

export function deadLetterView(letter: DeadLetter) {
  const { messageId, spec, body, answer } = letter
  const { body: responseBody, bodyBase64: responseBodyBase64 } = shownBody(answer.body)
  return {
    ...specView(messageId, spec, body),
    dlqId: dlqIdOf(letter),
    responseStatus: answer.status,
    responseHeader: answer.headers,
    responseBody,
    responseBodyBase64,
  }
}

function specView(messageId: string, spec: MessageSpec, body: Buffer) {
  return {
    messageId,
    url: spec.url,
    topicName: spec.topicName,
    endpointName: spec.endpointName,
    method: spec.method,
    header: shownHeaders(spec.headers, spec.redaction),
    ...shownBody(body, spec.redaction),
    maxRetries: spec.maxRetries,
    retryDelayExpression: spec.retryDelay,
    notBefore: Math.round(spec.notBeforeMs),
    createdAt: Math.round(spec.createdAtMs),
    callback: spec.callback?.url,
    failureCallback: spec.failureCallback?.url,
    queueName: spec.queueName,
    scheduleId: spec.scheduleId,
    callerIP: spec.callerIp,
    callerIp: spec.callerIp,
    flowControlKey: spec.flow?.key,
    parallelism: spec.flow?.parallelism,
    rate: spec.flow?.rate,
    period: spec.flow?.periodS,
    label: spec.labels?.[0],
    labels: spec.labels,
  }
}

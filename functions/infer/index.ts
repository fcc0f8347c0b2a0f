import { createModelRuntime } from '#models/_runtime/model-runtime.ts'
import { workerdOrt } from '#models/_runtime/ort-workerd.ts'
import { createInferApp } from './app.ts'

export default createInferApp(createModelRuntime({ ort: workerdOrt }))

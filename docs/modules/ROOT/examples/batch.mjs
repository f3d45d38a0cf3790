// tag::batch[]
import OpenAI, { toFile } from 'openai';

const client = new OpenAI();
const lines = ['Good', 'Bad'].map((text, index) => JSON.stringify({
  custom_id: `line-${index}`,
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'gpt-6-luna', messages: [{ role: 'user', content: text }] },
}));
const file = await client.files.create({
  file: await toFile(Buffer.from(lines.join('\n')), 'reviews.jsonl'),
  purpose: 'batch',
});
let batch = await client.batches.create({
  input_file_id: file.id,
  endpoint: '/v1/chat/completions',
  completion_window: '24h',
});
while (batch.status !== 'completed') {
  await new Promise((resolve) => setTimeout(resolve, 200));
  batch = await client.batches.retrieve(batch.id);
}
console.log(await (await client.files.content(batch.output_file_id)).text());
for await (const each of client.batches.list({ limit: 10 })) {
  console.log(each.id, each.status);
}
const other = await client.batches.create({
  input_file_id: file.id,
  endpoint: '/v1/chat/completions',
  completion_window: '24h',
});
console.log((await client.batches.cancel(other.id)).status);
for await (const model of client.models.list()) {
  console.log(model.id, model.shutdown_date);
}
// end::batch[]

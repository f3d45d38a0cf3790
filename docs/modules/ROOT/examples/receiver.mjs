// tag::receiver[]
import { createServer } from 'node:http';
import OpenAI from 'openai';

const client = new OpenAI({ webhookSecret: process.env.OPENAI_WEBHOOK_SECRET });
createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  try {
    const event = await client.webhooks.unwrap(body, request.headers);
    response.writeHead(204).end();
    console.log(event.type, event.data.id);
  } catch (error) {
    response.writeHead(400).end();
    console.log(error.message);
  }
}).listen(8098, '127.0.0.1');
// end::receiver[]

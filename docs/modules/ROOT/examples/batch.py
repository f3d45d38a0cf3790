# tag::batch[]
import json
import time

from openai import OpenAI

client = OpenAI()
lines = [
    json.dumps({
        "custom_id": f"line-{index}",
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": {"model": "gpt-6-luna", "messages": [{"role": "user", "content": text}]},
    })
    for index, text in enumerate(["Good", "Bad"])
]
file = client.files.create(file=("reviews.jsonl", "\n".join(lines).encode()), purpose="batch")
batch = client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h")
while batch.status != "completed":
    time.sleep(0.2)
    batch = client.batches.retrieve(batch.id)
print(client.files.content(batch.output_file_id).text)
for each in client.batches.list(limit=10):
    print(each.id, each.status)
other = client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h")
print(client.batches.cancel(other.id).status)
for model in client.models.list():
    print(model.id, model.shutdown_date)
# end::batch[]

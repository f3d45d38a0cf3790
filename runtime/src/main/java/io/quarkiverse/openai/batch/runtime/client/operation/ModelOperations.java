package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.Map;

import io.quarkiverse.openai.batch.model.ModelObject;
import io.quarkiverse.openai.batch.runtime.client.http.ApiCall;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.PathSegment;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.smallrye.mutiny.Uni;

/** The operations on models. */
public final class ModelOperations {

    private final CallSender sender;

    public ModelOperations(CallSender sender) {
        this.sender = sender;
    }

    public Uni<Reply<ModelObject>> retrieveModel(String model, CallContext call) {
        return sender.send(ApiCall.json("retrieveModel", "/models/" + PathSegment.of(model, "model"), Map.of(),
                ModelObject.class, (api, wire) -> api.retrieveModel("-", wire)), call);
    }
}

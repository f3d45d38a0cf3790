package io.quarkiverse.openai.batch.emulator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.quarkiverse.openai.batch.emulator.control.RequestFault.Connection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends connections, or keeps them open. */
final class Connections {

    /** The name that Vert.x gives to what closes idle connections. */
    private static final String IDLE = "idle";

    private Connections() {
    }

    /** Ends a request's connection; a reset is a close without lingering, for which Vert.x has no public call. */
    static void end(HttpServerRequest request, Connection how) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        if (how == Connection.RESET) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }

    /** Keeps a request's connection open, however long nothing is sent. */
    static void keep(HttpServerRequest request) {
        ChannelPipeline pipeline = ((ConnectionBase) request.connection()).channel().pipeline();
        if (pipeline.get(IDLE) != null) {
            pipeline.remove(IDLE);
        }
    }
}

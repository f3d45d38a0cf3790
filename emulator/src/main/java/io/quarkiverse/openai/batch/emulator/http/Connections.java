package io.quarkiverse.openai.batch.emulator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.quarkiverse.openai.batch.emulator.control.RequestFault.Connection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends connections. */
final class Connections {

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
}

package io.quarkiverse.openai.batch.runtime.client.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import jakarta.ws.rs.ProcessingException;

import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.vertx.core.VertxException;

/** Tells failures of the connection, which may pass, from errors of the application, which do not. */
final class ConnectionFailure {

    private ConnectionFailure() {
    }

    /**
     * An {@link AttemptFailure} for a failure of the connection; everything else as it is. Once a request was sent, whatever
     * goes wrong is the connection's: an answer that is not HTTP comes as any kind of exception.
     */
    static Throwable of(Throwable failure, boolean sent) {
        Throwable cause = unwrapped(failure);
        boolean known = cause instanceof IOException || cause instanceof VertxException || cause instanceof TimeoutException;
        if (known) {
            return AttemptFailure.unanswered(reason(cause), cause, sent);
        }
        boolean ofConnection = sent && cause instanceof RuntimeException;
        return ofConnection ? AttemptFailure.unanswered("an answer that is not HTTP", withoutText(cause), true) : cause;
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ProcessingException || cause instanceof CompletionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String reason(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "an unknown host";
        }
        if (cause instanceof ConnectException) {
            return "a refused or timed-out connection";
        }
        return cause instanceof SSLException ? "a failed TLS handshake" : "a broken connection";
    }

    /** Its message would have the start of the answer in it. */
    private static IOException withoutText(Throwable cause) {
        return new IOException(cause.getClass().getName());
    }
}

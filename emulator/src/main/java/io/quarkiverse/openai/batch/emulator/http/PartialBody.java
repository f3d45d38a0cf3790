package io.quarkiverse.openai.batch.emulator.http;

import java.time.Duration;

import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.emulator.control.RequestFault.Connection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends a body as a fault says: cut off, shortened, slowly, with a stall, or again and again. */
final class PartialBody {

    private static final int SLICE = 64 << 10;
    private static final int SLICES_PER_SECOND = 20;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Reply reply;
    private final RequestFault fault;
    private final Promise<Void> sent = Promise.promise();
    private AsyncFile file;
    private long announced;
    private long end;
    private long stallAt;
    private long position;
    private boolean released;

    PartialBody(Vertx vertx, HttpServerRequest request, Reply reply, RequestFault fault) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.reply = reply;
        this.fault = fault;
    }

    /** Sends the body; the head is put already. The result is there when all is sent, or the client is gone. */
    Future<Void> send() {
        long length = reply.file() == null ? reply.bytes().length : reply.file().bytes();
        announced = share(fault.shorten(), length);
        end = share(fault.cut(), announced);
        stallAt = fault.stall() == null ? Long.MAX_VALUE : share(fault.stall(), announced);
        if (fault.isEndless()) {
            response.setChunked(true);
        } else {
            response.putHeader("Content-Length", Long.toString(announced));
        }
        response.closeHandler(closed -> release());
        response.endHandler(ended -> release());
        if (response.closed()) {
            release();
            return sent.future();
        }
        open().onSuccess(opened -> proceed()).onFailure(failure -> Connections.end(request, Connection.CLOSE));
        return sent.future();
    }

    private static long share(Double share, long length) {
        return share == null ? length : (long) (share * length);
    }

    private Future<Void> open() {
        if (reply.file() == null) {
            return Future.succeededFuture();
        }
        return vertx.fileSystem().open(reply.file().path().toString(), new OpenOptions().setWrite(false).setCreate(false))
                .map(opened -> {
                    file = opened;
                    if (released) {
                        file.close();
                    }
                    return null;
                });
    }

    private void proceed() {
        if (released) {
            return;
        }
        if (position == stallAt) {
            stallAt = Long.MAX_VALUE;
            head().onSuccess(written -> {
                if (fault.stallFor() != null) {
                    after(fault.stallFor());
                }
            });
            return;
        }
        if (position == end && fault.isEndless() && end > 0) {
            position = 0;
            vertx.runOnContext(again -> proceed());
            return;
        }
        if (position < end) {
            sendNext();
        } else if (fault.isEndless()) {
            head();
        } else if (end == announced) {
            response.end();
        } else {
            head().onComplete(written -> Connections.end(request, Connection.CLOSE));
        }
    }

    /** The head goes out with the first bytes, but without any it has to be sent by itself. */
    private Future<Void> head() {
        return position == 0 ? response.writeHead() : Future.succeededFuture();
    }

    private void sendNext() {
        int rate = fault.bytesPerSecond() == null ? Integer.MAX_VALUE
                : Math.max(1, fault.bytesPerSecond() / SLICES_PER_SECOND);
        int length = (int) Math.min(Math.min(SLICE, rate), Math.min(end, stallAt) - position);
        read(length).compose(response::write).onSuccess(written -> {
            position += length;
            if (fault.bytesPerSecond() == null) {
                proceed();
            } else {
                after(Duration.ofNanos(length * 1_000_000_000L / fault.bytesPerSecond()));
            }
        });
    }

    private Future<Buffer> read(int length) {
        return file == null
                ? Future.succeededFuture(Buffer.buffer(reply.bytes()).slice((int) position, (int) position + length))
                : file.read(Buffer.buffer(length), 0, position, length);
    }

    private void after(Duration time) {
        vertx.setTimer(Math.max(1, time.toMillis()), timer -> proceed());
    }

    private void release() {
        if (released) {
            return;
        }
        released = true;
        if (file != null) {
            file.close();
        }
        reply.release();
        sent.complete();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.cli.RequestScanner.Found;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.SynchronousSink;

/**
 * The study's web server: reads a request, answers a fixed reply whatever was asked, and closes or
 * keeps the connection as HTTP/1.0 and 1.1 ask. One per connection, confined to its ring.
 *
 * <p>Each received buffer becomes at most one buffer to send, with the replies to all requests that
 * it completes: demand for replies is demand for input, and pipelined replies leave together.
 */
final class Study implements BiConsumer<ByteBuf, SynchronousSink<ByteBuf>> {
    private final RequestScanner scanner = new RequestScanner();

    static Publisher<Void> handle(Connection conn) {
        return conn.send(conn.receive().handle(new Study()));
    }

    @Override
    public void accept(ByteBuf in, SynchronousSink<ByteBuf> sink) {
        try {
            answer(in, sink);
        } finally {
            in.release();
        }
    }

    private void answer(ByteBuf in, SynchronousSink<ByteBuf> sink) {
        Found found = scanner.next(in);
        if (found == Found.NOTHING) {
            return;
        }
        // Nearly always all replies of a buffer are the same: a run, sent without a copy.
        Reply reply = Reply.to(found, scanner);
        int count = 1;
        @Nullable ByteBuf mixed = null;
        while ((found = scanner.next(in)) != Found.NOTHING) {
            Reply next = Reply.to(found, scanner);
            if (next != reply) {
                mixed = append(mixed, reply, count);
                reply = next;
                count = 0;
            }
            count++;
        }
        sink.next(mixed == null ? reply.times(count) : append(mixed, reply, count));
        if (reply.closes()) {
            sink.complete();
        }
    }

    private static ByteBuf append(@Nullable ByteBuf mixed, Reply reply, int count) {
        ByteBuf out = mixed == null ? Unpooled.directBuffer() : mixed;
        reply.appendTo(out, count);
        return out;
    }
}

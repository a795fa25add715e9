// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How this server reads the bytes of a connection: what its handler is given. */
final class ServerReader {
    /** Small enough that a short input reaches the limits. */
    static final HttpOptions OPTIONS =
            HttpOptions.port(0)
                    .requestLineBytesMax(256)
                    .headerBytesMax(512)
                    .headersMax(16)
                    .bodyBytesMax(1 << 20);

    private final Reading reading = new Reading();
    private final List<Integer> ends;
    private final Peer peer = new Peer(OPTIONS, this::handle);

    private ServerReader(List<Integer> ends) {
        this.ends = ends;
    }

    private Mono<Void> handle(HttpRequest request, HttpResponse response) {
        ReadRequest read =
                new ReadRequest(
                        request.method().name(), request.target(), request.version().text());
        request.headers()
                .iteratorCharSequence()
                .forEachRemaining(field -> read.field(field.getKey(), field.getValue()));
        reading.requests.add(read);
        return request.body()
                .doOnNext(piece -> take(read, piece))
                .then(
                        Mono.defer(
                                () -> {
                                    finish(read, request);
                                    return response.send();
                                }));
    }

    private static void take(ReadRequest read, ByteBuf piece) {
        read.content(ByteBufUtil.getBytes(piece));
        piece.release();
    }

    /** The handler knows no positions: they are the check's, in the same order. */
    private void finish(ReadRequest read, HttpRequest request) {
        request.trailers()
                .iteratorCharSequence()
                .forEachRemaining(field -> read.trailer(field.getKey(), field.getValue()));
        int index = reading.requests.size() - 1;
        read.end(index < ends.size() ? ends.get(index) : Integer.MAX_VALUE);
    }

    /** All of what the server did with a connection. */
    record Outcome(
            Reading reading,
            int ends,
            @Nullable HttpViolation violation,
            String answers,
            boolean closed) {}

    /** Reads {@code bytes}, which arrive in two pieces, the first of {@code cut} bytes. */
    static Outcome read(byte[] bytes, int cut) {
        List<Integer> ends = new ArrayList<>();
        HttpViolation violation = check(bytes, ends);
        ServerReader reader = new ServerReader(ends);
        Peer peer = reader.peer;
        peer.write(bytes, 0, cut);
        peer.write(bytes, cut, bytes.length);
        String answers = peer.answers();
        boolean closed = peer.sawEnd();
        if (!closed) {
            peer.connection().dispose();
        }
        peer.assertNothingLeaked();
        return new Outcome(reader.reading, ends.size(), violation, answers, closed);
    }

    /** Where the check sees requests end, and what it finds wrong behind them. */
    private static @Nullable HttpViolation check(byte[] bytes, List<Integer> ends) {
        WireCheck check = new WireCheck(OPTIONS);
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        while (in.isReadable() && check.violation() == null) {
            in.skipBytes(check.check(in));
            if (check.isBetweenRequests() && check.violation() == null) {
                ends.add(in.readerIndex());
            }
        }
        return check.violation();
    }
}

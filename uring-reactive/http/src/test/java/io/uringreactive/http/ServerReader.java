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

    /** All of what the server did with a connection. */
    record Outcome(
            Reading reading,
            int ends,
            @Nullable HttpViolation violation,
            boolean inHead,
            String answers,
            boolean closed) {
        /** Whether each end that the check has seen, and no other, is one for the handler. */
        boolean isInStep() {
            List<ReadRequest> requests = reading.requests;
            long complete = requests.stream().filter(ReadRequest::isComplete).count();
            boolean known = requests.stream().allMatch(request -> request.end() < BEYOND);
            return known && (closed || (violation == null && complete == ends));
        }
    }

    /** Where a request ends for which the check knows no end. */
    private static final int BEYOND = Integer.MAX_VALUE;

    private final byte[] bytes;

    /** Handlers know no positions: they are the check's, in the same order. */
    private final List<Integer> ends = new ArrayList<>();

    private final @Nullable HttpViolation violation;
    private final boolean inHead;

    ServerReader(byte[] bytes) {
        this.bytes = bytes;
        WireCheck check = new WireCheck(OPTIONS);
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        while (in.isReadable() && check.violation() == null) {
            in.skipBytes(check.check(in));
            if (check.isBetweenRequests() && check.violation() == null) {
                ends.add(in.readerIndex());
            }
        }
        this.violation = check.violation();
        this.inHead = check.isInHead();
    }

    /** What the server makes of the bytes in two pieces, the first of {@code cut} bytes. */
    Outcome read(int cut) {
        Reading reading = new Reading();
        Peer peer = new Peer(OPTIONS, (request, response) -> handle(reading, request, response));
        peer.write(bytes, 0, cut);
        peer.write(bytes, cut, bytes.length);
        String answers = peer.answers();
        boolean closed = peer.sawEnd();
        if (!closed) {
            peer.connection().dispose();
        }
        peer.assertNothingLeaked();
        return new Outcome(reading, ends.size(), violation, inHead, answers, closed);
    }

    private Mono<Void> handle(Reading reading, HttpRequest request, HttpResponse response) {
        ReadRequest read =
                new ReadRequest(
                        request.method().name(), request.target(), request.version().text());
        request.headers()
                .iteratorCharSequence()
                .forEachRemaining(field -> read.field(field.getKey(), field.getValue()));
        int index = reading.requests.size();
        reading.requests.add(read);
        return request.body()
                .doOnNext(piece -> take(read, piece))
                .then(
                        Mono.defer(
                                () -> {
                                    finish(read, request, index);
                                    return response.send();
                                }));
    }

    private static void take(ReadRequest read, ByteBuf piece) {
        read.content(ByteBufUtil.getBytes(piece));
        piece.release();
    }

    private void finish(ReadRequest read, HttpRequest request, int index) {
        request.trailers()
                .iteratorCharSequence()
                .forEachRemaining(field -> read.trailer(field.getKey(), field.getValue()));
        read.end(index < ends.size() ? ends.get(index) : BEYOND);
    }
}

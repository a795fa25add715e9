// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * Files as bodies. They are opened and read on bounded elastic threads, never on a ring's; large
 * ones are mapped instead where nothing but the kernel looks at them on their way.
 */
final class FileBody {
    private static final int PIECE_BYTES = 64 * 1024;

    /** To map and to unmap costs as much as to read this. */
    private static final int MAPPED_BYTES_MIN = 128 * 1024;

    private static final int MAPPED_PIECE_BYTES = 1024 * 1024;

    /** What is known of a file before it is sent. */
    private record Facts(long size, Instant modified, @Nullable String type) {}

    private final FileChannel channel;
    private final boolean mapped;
    private final long end;
    private long at;

    private FileBody(FileChannel channel, boolean mapped, long position, long count) {
        this.channel = channel;
        this.mapped = mapped;
        this.at = position;
        this.end = position + count;
    }

    static Mono<Void> send(ServerResponse response, Path file, long position, long count) {
        if (position < 0 || count < 0) {
            return Mono.error(new IllegalArgumentException("a negative position or count"));
        }
        return Mono.defer(
                () -> {
                    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, count);
                    if (response.isWithoutContent()) {
                        return response.send();
                    }
                    boolean mapped = count >= MAPPED_BYTES_MIN && response.sendsMemoryAsItIs();
                    return response.send(pieces(file, mapped, position, count));
                });
    }

    private static Flux<ByteBuf> pieces(Path file, boolean mapped, long position, long count) {
        return Flux.generate(
                        () -> open(file, mapped, position, count), FileBody::next, FileBody::close)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static FileBody open(Path file, boolean mapped, long position, long count)
            throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            if (channel.size() - position < count) {
                throw new EOFException(file + " ends before " + position + " + " + count);
            }
            return new FileBody(channel, mapped, position, count);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private FileBody next(SynchronousSink<ByteBuf> sink) {
        if (at == end) {
            sink.complete();
            return this;
        }
        try {
            ByteBuf piece = mapped ? map() : read();
            at += piece.readableBytes();
            sink.next(piece);
        } catch (IOException e) {
            sink.error(e);
        }
        return this;
    }

    private ByteBuf map() throws IOException {
        int length = (int) Math.min(MAPPED_PIECE_BYTES, end - at);
        if (channel.size() < at + length) {
            throw new EOFException("the file has become shorter");
        }
        return MappedPiece.of(channel, at, length);
    }

    private ByteBuf read() throws IOException {
        int length = (int) Math.min(PIECE_BYTES, end - at);
        ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(length);
        try {
            if (piece.writeBytes(channel, at, length) <= 0) {
                throw new EOFException("the file has become shorter");
            }
            return piece;
        } catch (IOException | RuntimeException e) {
            piece.release();
            throw e;
        }
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mono<Void> sendWhole(HttpRequest request, ServerResponse response, Path file) {
        // As in Transport.serve: flatMap may lose a cancel.
        return Mono.fromDirect(
                        Mono.fromCallable(() -> facts(file))
                                .subscribeOn(Schedulers.boundedElastic())
                                .flatMapMany(facts -> sendRange(request, response, file, facts)))
                .onErrorResume(NoSuchFileException.class, missing -> response.status(404).send());
    }

    private static Facts facts(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(file.toString());
        }
        Instant modified =
                attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
        return new Facts(attributes.size(), modified, Files.probeContentType(file));
    }

    private static Mono<Void> sendRange(
            HttpRequest request, ServerResponse response, Path file, Facts facts) {
        String modified = DateField.FORMAT.format(facts.modified());
        response.setDefault(HttpHeaderNames.LAST_MODIFIED, modified);
        response.headers().set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
        boolean get = request.method().equals(HttpMethod.GET);
        boolean head = request.method().equals(HttpMethod.HEAD);
        if ((get || head)
                && modified.equals(request.headers().get(HttpHeaderNames.IF_MODIFIED_SINCE))
                && !request.headers().contains(HttpHeaderNames.IF_NONE_MATCH)) {
            return response.status(304).send();
        }
        if (facts.type() != null) {
            response.setDefault(HttpHeaderNames.CONTENT_TYPE, facts.type());
        }
        String ifRange = request.headers().get(HttpHeaderNames.IF_RANGE);
        String range = request.headers().get(HttpHeaderNames.RANGE);
        if (!get || range == null || (ifRange != null && !ifRange.equals(modified))) {
            return send(response, file, 0, facts.size());
        }
        ByteRange wanted = ByteRange.parse(range, facts.size());
        if (wanted == null) {
            return send(response, file, 0, facts.size());
        }
        if (wanted.isUnsatisfiable()) {
            response.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + facts.size());
            return response.status(416).send();
        }
        response.headers().set(HttpHeaderNames.CONTENT_RANGE, wanted.text(facts.size()));
        response.status(206);
        return send(response, file, wanted.first(), wanted.count());
    }
}

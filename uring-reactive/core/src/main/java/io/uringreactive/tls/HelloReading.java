// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello until it is known which host is asked for, has a context chosen for that,
 * and hands over to the engine of the context, which reads the ClientHello again. Confined to the
 * ring, except for the choice.
 */
final class HelloReading implements Inbound.Reader {
    /** What an engine takes as one handshake message, and room for its records' headers. */
    private static final int BYTES_MAX = 64 * 1024;

    /** A fatal alert in plaintext, unrecognized_name (RFC 8446, 6.2). */
    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};

    private final Handshake handshake;
    private final ContextSelector contexts;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private int bytesNeeded = Records.HEADER_BYTES;
    private boolean choosing;

    HelloReading(Handshake handshake, ContextSelector contexts) {
        this.handshake = handshake;
        this.contexts = contexts;
    }

    @Override
    public void onCiphertext(ByteBuf bytes) {
        append(bytes);
        if (received.readableBytes() >= bytesNeeded) {
            ClientHello hello = ClientHello.read(received);
            if (hello.isComplete() || received.readableBytes() > BYTES_MAX) {
                choose(hello.hostName());
                return;
            }
            bytesNeeded = hello.bytesNeeded();
        }
        handshake.inbound().want();
    }

    private void append(ByteBuf bytes) {
        if (!received.isReadable()) {
            received.release();
            received = bytes;
            return;
        }
        if (!received.isWritable(bytes.readableBytes())) {
            // Of our own, and twice as large each time: a peer may send byte by byte.
            int capacity = Math.max(1024, 2 * (received.readableBytes() + bytes.readableBytes()));
            ByteBuf larger = ByteBufAllocator.DEFAULT.directBuffer(capacity);
            larger.writeBytes(received);
            received.release();
            received = larger;
        }
        received.writeBytes(bytes);
        bytes.release();
    }

    @Override
    public void onCiphertextEnd(@Nullable Throwable error) {
        if (!choosing) {
            onStopped();
            handshake.refuse(
                    new SSLException("the peer closed the connection in the handshake", error),
                    Unpooled.EMPTY_BUFFER);
        }
    }

    /** What the peer sent, to somebody else. */
    private ByteBuf take() {
        ByteBuf taken = received;
        received = Unpooled.EMPTY_BUFFER;
        return taken;
    }

    @Override
    public void onStopped() {
        take().release();
    }

    private void choose(@Nullable String hostName) {
        choosing = true;
        if (hostName == null) {
            handshake.begin(handshake.side().context(), take());
            return;
        }
        try {
            handshake.options().tasks().schedule(() -> ask(hostName));
        } catch (RejectedExecutionException e) {
            onRefused(new SSLException("the executor of TLS tasks takes no more", e));
        }
    }

    /** On the executor: the choice may take its time. */
    private void ask(String hostName) {
        try {
            SSLContext chosen = contexts.select(hostName);
            SSLContext context = chosen == null ? handshake.side().context() : chosen;
            handshake.ring().execute(() -> onChosen(context));
        } catch (Throwable e) {
            SSLException error = new SSLException("no context for the host " + hostName, e);
            handshake.ring().execute(() -> onRefused(error));
        }
    }

    private void onChosen(SSLContext context) {
        if (handshake.isOver()) {
            onStopped();
        } else {
            handshake.begin(context, take());
        }
    }

    private void onRefused(SSLException error) {
        onStopped();
        handshake.refuse(error, Unpooled.copiedBuffer(UNRECOGNIZED_NAME));
    }
}

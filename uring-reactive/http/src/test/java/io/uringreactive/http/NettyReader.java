// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** How Netty's decoder reads the bytes of a connection. */
final class NettyReader {
    /** As strict as it can be. */
    static final HttpDecoderConfig STRICT = config().setStrictLineParsing(true);

    /** With everything that it has against senders from before RFC 9112. */
    static final HttpDecoderConfig LENIENT =
            config().setStrictLineParsing(false)
                    .setAllowDuplicateContentLengths(true)
                    .setUseRfc9112TransferEncoding(false)
                    .setHeadersFactory(
                            DefaultHttpHeadersFactory.headersFactory().withValidation(false))
                    .setTrailersFactory(
                            DefaultHttpHeadersFactory.trailersFactory().withValidation(false));

    /** Without limits: they are everybody's own. */
    private static HttpDecoderConfig config() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(1 << 20)
                .setMaxHeaderSize(1 << 20)
                .setMaxChunkSize(Integer.MAX_VALUE);
    }

    /** Notes where in the bytes a request has ended. */
    private static final class Decoder extends HttpRequestDecoder {
        private final Reading reading;

        /** What the end of the stream leads to is not compared. */
        private boolean over;

        Decoder(HttpDecoderConfig config, Reading reading) {
            super(config);
            this.reading = reading;
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
                throws Exception {
            int before = out.size();
            super.decode(ctx, in, out);
            for (int i = before; i < out.size(); i++) {
                note((HttpObject) out.get(i), in.readerIndex());
            }
        }

        private void note(HttpObject message, int at) {
            if (over) {
                return;
            }
            if (message.decoderResult().isFailure()) {
                reading.refuse("refused: " + message.decoderResult().cause());
                over = true;
                return;
            }
            if (message instanceof io.netty.handler.codec.http.HttpRequest head) {
                ReadRequest request =
                        new ReadRequest(
                                head.method().name(), head.uri(), head.protocolVersion().text());
                head.headers()
                        .iteratorCharSequence()
                        .forEachRemaining(field -> request.field(field.getKey(), field.getValue()));
                reading.requests.add(request);
            }
            if (message instanceof HttpContent content) {
                reading.last().content(ByteBufUtil.getBytes(content.content()));
            }
            if (message instanceof LastHttpContent last) {
                last.trailingHeaders()
                        .iteratorCharSequence()
                        .forEachRemaining(
                                field -> reading.last().trailer(field.getKey(), field.getValue()));
                reading.last().end(at);
            }
        }
    }

    static Reading read(HttpDecoderConfig config, byte[] bytes) {
        Reading reading = new Reading();
        Decoder decoder = new Decoder(config, reading);
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        decoder.over = true;
        channel.finishAndReleaseAll();
        return reading;
    }

    private NettyReader() {}
}

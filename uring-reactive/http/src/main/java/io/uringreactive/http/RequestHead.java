// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** The head of a request, from the decoder or from {@link HeadReader}. */
interface RequestHead {
    HttpMethod method();

    /** As it was sent. */
    String target();

    HttpVersion version();

    HttpHeaders headers();

    boolean keepsAlive();

    boolean hasBody();

    /** Whether the client sends the body only when it is told to. */
    boolean expectsContinue();

    /** Whether the codec has not seen it, and need not see the response either. */
    boolean isDirect();

    /** What the decoder made. */
    record Decoded(io.netty.handler.codec.http.HttpRequest head) implements RequestHead {
        @Override
        public HttpMethod method() {
            return head.method();
        }

        @Override
        public String target() {
            return head.uri();
        }

        @Override
        public HttpVersion version() {
            return head.protocolVersion();
        }

        @Override
        public HttpHeaders headers() {
            return head.headers();
        }

        @Override
        public boolean keepsAlive() {
            return HttpUtil.isKeepAlive(head);
        }

        @Override
        public boolean hasBody() {
            return HttpUtil.isTransferEncodingChunked(head)
                    || HttpUtil.getContentLength(head, 0L) > 0;
        }

        @Override
        public boolean expectsContinue() {
            return HttpUtil.is100ContinueExpected(head);
        }

        @Override
        public boolean isDirect() {
            return false;
        }
    }
}

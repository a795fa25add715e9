// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request without a body, which {@link HeadReader} has found in order. Its fields
 * become objects when somebody asks for them.
 */
final class DirectHead implements RequestHead {
    private static final DefaultHttpHeadersFactory FIELDS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private final HttpMethod method;
    private final String target;
    private final boolean version11;
    private final boolean keepsAlive;
    private final byte[] bytes;
    private final int fieldsAt;

    /** Handlers may go to other threads, one after the other. */
    private volatile @Nullable HttpHeaders headers;

    /** The fields are lines of {@code bytes} from {@code fieldsAt} on, up to an empty line. */
    DirectHead(
            HttpMethod method,
            String target,
            boolean version11,
            boolean keepsAlive,
            byte[] bytes,
            int fieldsAt) {
        this.method = method;
        this.target = target;
        this.version11 = version11;
        this.keepsAlive = keepsAlive;
        this.bytes = bytes;
        this.fieldsAt = fieldsAt;
    }

    @Override
    public HttpMethod method() {
        return method;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public HttpVersion version() {
        return version11 ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0;
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders fields = headers;
        if (fields == null) {
            fields = FIELDS.newHeaders();
            int at = fieldsAt;
            while (bytes[at] != '\r') {
                at = addField(fields, at);
            }
            headers = fields;
        }
        return fields;
    }

    /** Returns where the next line begins. */
    private int addField(HttpHeaders fields, int from) {
        int colon = from;
        while (bytes[colon] != ':') {
            colon++;
        }
        int end = colon;
        while (bytes[end] != '\r') {
            end++;
        }
        int first = colon + 1;
        int last = end;
        while (first < last && isBlank(bytes[first])) {
            first++;
        }
        while (first < last && isBlank(bytes[last - 1])) {
            last--;
        }
        fields.add(
                new String(bytes, from, colon - from, ISO_8859_1),
                new String(bytes, first, last - first, ISO_8859_1));
        return end + 2;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    @Override
    public boolean keepsAlive() {
        return keepsAlive;
    }

    @Override
    public boolean hasBody() {
        return false;
    }

    @Override
    public boolean expectsContinue() {
        return false;
    }

    @Override
    public boolean isDirect() {
        return true;
    }
}

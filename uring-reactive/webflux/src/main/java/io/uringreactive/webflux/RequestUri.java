// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.uringreactive.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The URI of a request, as its client knows it: scheme, host, port and a path's prefix may be what
 * a proxy tells, path and query are as they were sent. Of an absolute-form target the host is
 * Host's, which says the same (RFC 9112, 3.2.2).
 *
 * <p>{@link URI} parses all of its text, and few handlers ask for one. So it is made when it is
 * asked for, where nothing can go wrong with it: uring-http lets only paths and queries through
 * that {@code URI} takes, and a plain name or number of a host is taken as well.
 */
final class RequestUri {
    private final HttpRequest request;
    private final String path;
    private final @Nullable String host;
    private volatile @Nullable URI uri;

    /**
     * @throws URISyntaxException when there is no such URI
     */
    RequestUri(HttpRequest request) throws URISyntaxException {
        this.request = request;
        this.path = pathOf(request);
        this.host = request.authority();
        if (host == null || !Authority.isPlain(host)) {
            uri = new URI(text());
        }
    }

    /** With a slash also before {@code *}: there is no URI without one. */
    private static String pathOf(HttpRequest request) {
        String path = request.path();
        String absolute = path.charAt(0) == '/' ? path : "/" + path;
        String prefix = request.pathPrefix();
        return prefix == null ? absolute : prefix + absolute;
    }

    private String text() {
        String scheme = request.scheme();
        String named = host == null ? Authority.of(request.localAddress()) : host;
        String authority = Authority.escaped(Authority.withoutDefaultPort(named, scheme));
        String query = request.query();
        String upToPath = scheme + "://" + authority + path;
        return query == null ? upToPath : upToPath + '?' + query;
    }

    /** The path, percent-encoded; never empty. */
    String path() {
        return path;
    }

    URI uri() {
        URI made = uri;
        if (made == null) {
            made = URI.create(text());
            uri = made;
        }
        return made;
    }
}

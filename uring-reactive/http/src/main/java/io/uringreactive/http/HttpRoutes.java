// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Handlers by method and path. The first route that fits answers; HEAD goes to GET's where it has
 * none of its own. A path that no route has is 404, one that has others for the method is 405 with
 * Allow. Immutable: each method returns new routes.
 *
 * <pre>{@code
 * HttpRoutes.none()
 *         .get("/users/{id}", (request, response) ->
 *                 response.sendText(request.pathParameter("id")))
 * }</pre>
 */
public final class HttpRoutes implements HttpHandler {
    /** {@code path} is the template, {@code parts} what is between its slashes. */
    private record Route(HttpMethod method, String path, String[] parts, HttpHandler handler) {
        boolean hasParameters() {
            return path.indexOf('{') >= 0;
        }
    }

    private final List<Route> routes;

    private HttpRoutes(List<Route> routes) {
        this.routes = routes;
    }

    public static HttpRoutes none() {
        return new HttpRoutes(List.of());
    }

    /**
     * With one more route. Of {@code template}, each part between slashes stands for itself, or, as
     * {@code {name}}, for one part of the path that is not empty.
     */
    public HttpRoutes route(HttpMethod method, String template, HttpHandler handler) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("a template begins with a slash: " + template);
        }
        List<Route> more = new ArrayList<>(routes);
        more.add(new Route(method, template, template.split("/", -1), handler));
        return new HttpRoutes(List.copyOf(more));
    }

    public HttpRoutes get(String template, HttpHandler handler) {
        return route(HttpMethod.GET, template, handler);
    }

    public HttpRoutes post(String template, HttpHandler handler) {
        return route(HttpMethod.POST, template, handler);
    }

    public HttpRoutes put(String template, HttpHandler handler) {
        return route(HttpMethod.PUT, template, handler);
    }

    public HttpRoutes delete(String template, HttpHandler handler) {
        return route(HttpMethod.DELETE, template, handler);
    }

    @Override
    public Publisher<Void> handle(HttpRequest request, HttpResponse response) {
        String path = request.path();
        String[] parts = null;
        for (Route route : routes) {
            if (!route.method().equals(request.method())) {
                continue;
            }
            if (!route.hasParameters()) {
                if (route.path().equals(path)) {
                    return run(route, Map.of(), request, response);
                }
                continue;
            }
            parts = parts == null ? path.split("/", -1) : parts;
            Map<String, String> parameters = match(route.parts(), parts);
            if (parameters != null) {
                return run(route, parameters, request, response);
            }
        }
        return handleUnmatched(path.split("/", -1), request, response);
    }

    private Publisher<Void> handleUnmatched(
            String[] path, HttpRequest request, HttpResponse response) {
        Set<String> allowed = new LinkedHashSet<>();
        Route forHead = null;
        for (Route route : routes) {
            if (match(route.parts(), path) == null) {
                continue;
            }
            allowed.add(route.method().name());
            if (forHead == null && route.method().equals(HttpMethod.GET)) {
                forHead = route;
                allowed.add(HttpMethod.HEAD.name());
            }
        }
        if (forHead != null && request.method().equals(HttpMethod.HEAD)) {
            Map<String, String> parameters = match(forHead.parts(), path);
            return run(forHead, parameters == null ? Map.of() : parameters, request, response);
        }
        if (allowed.isEmpty()) {
            return response.status(404).send();
        }
        return Mono.defer(
                () ->
                        response.status(405)
                                .header(HttpHeaderNames.ALLOW, String.join(", ", allowed))
                                .send());
    }

    private static Publisher<Void> run(
            Route route,
            Map<String, String> parameters,
            HttpRequest request,
            HttpResponse response) {
        if (request instanceof ServerRequest served) {
            served.pathParameters(parameters);
        }
        return route.handler().handle(request, response);
    }

    /** The parameters' values; null where the path does not fit. */
    private static @Nullable Map<String, String> match(String[] template, String[] path) {
        if (template.length != path.length) {
            return null;
        }
        Map<String, String> parameters = Map.of();
        for (int i = 0; i < path.length; i++) {
            String part = template[i];
            if (part.startsWith("{") && part.endsWith("}") && !path[i].isEmpty()) {
                if (parameters.isEmpty()) {
                    parameters = new HashMap<>();
                }
                parameters.put(part.substring(1, part.length() - 1), decode(path[i]));
            } else if (!part.equals(path[i])) {
                return null;
            }
        }
        return parameters;
    }

    private static String decode(String part) {
        // The plus sign stands for itself in a path.
        return part.indexOf('%') < 0
                ? part
                : QueryStringDecoder.decodeComponent(part.replace("+", "%2B"));
    }
}

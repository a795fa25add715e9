// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.uringreactive.http.HttpHandler;
import io.uringreactive.http.HttpRequest;
import io.uringreactive.http.HttpResponse;
import io.uringreactive.http.HttpRoutes;
import org.reactivestreams.Publisher;

/** What the servers do: a word for a number, and what was sent. */
final class Application {
    static final HttpHandler HANDLER =
            HttpRoutes.none().get("/{number}", Application::word).post("/", Application::echo);

    private static Publisher<Void> word(HttpRequest request, HttpResponse response) {
        return response.sendText(text(Integer.parseInt(request.pathParameter("number"))));
    }

    /** With the length that the request had, and its demand all the way. */
    private static Publisher<Void> echo(HttpRequest request, HttpResponse response) {
        CharSequence name = HttpHeaderNames.CONTENT_LENGTH;
        return response.header(name, request.headers().get(name)).send(request.body());
    }

    static String text(int number) {
        return "number " + number;
    }

    private Application() {}
}

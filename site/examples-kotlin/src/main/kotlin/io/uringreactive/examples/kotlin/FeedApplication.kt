// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples.kotlin

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication
import org.springframework.http.MediaType
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RequestMapping
import org.springframework.web.bind.annotation.RequestParam
import org.springframework.web.bind.annotation.RestController
import java.time.Instant
import kotlin.time.Duration.Companion.milliseconds

@SpringBootApplication
class FeedApplication

fun main(args: Array<String>) {
    runApplication<FeedApplication>(*args)
}

data class Tick(val number: Long, val time: Instant)

data class Square(val number: Long, val square: Long)

/** The feeds of the Java example as coroutines: a Flow is sent item by item, as fast as the client reads. */
@RestController
@RequestMapping("/feed")
class FeedController {
    /** An event every [millis]; the coroutine is cancelled when the client leaves. */
    @GetMapping("/ticks", produces = [MediaType.TEXT_EVENT_STREAM_VALUE])
    fun ticks(@RequestParam(defaultValue = "1000") millis: Int): Flow<Tick> = flow {
        var number = 0L
        while (true) {
            emit(Tick(number++, Instant.now()))
            delay(millis.milliseconds)
        }
    }

    /** JSON a line. */
    @GetMapping("/squares", produces = [MediaType.APPLICATION_NDJSON_VALUE])
    fun squares(@RequestParam(defaultValue = "1000") count: Long): Flow<Square> =
        (1..count).asFlow().map { Square(it, it * it) }

    /** Suspends until the whole text is here, without a thread that waits. */
    @PostMapping("/reversed")
    suspend fun reversed(@RequestBody text: String): String {
        delay(1.milliseconds)
        return text.reversed()
    }
}

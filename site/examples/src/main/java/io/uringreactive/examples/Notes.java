// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Repository;

/** The notes, in memory and in the order in which they were made. */
@Repository
class Notes {
    private final ConcurrentNavigableMap<Long, Note> notes = new ConcurrentSkipListMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final Clock clock = Clock.systemUTC();

    Collection<Note> all() {
        return notes.values();
    }

    Optional<Note> find(long id) {
        return Optional.ofNullable(notes.get(id));
    }

    Note add(NoteDraft draft) {
        Note note = note(lastId.incrementAndGet(), draft);
        notes.put(note.id(), note);
        return note;
    }

    /** Empty if there is no such note. */
    Optional<Note> replace(long id, NoteDraft draft) {
        return Optional.ofNullable(notes.computeIfPresent(id, (key, old) -> note(id, draft)));
    }

    /** Whether there was such a note. */
    boolean remove(long id) {
        return notes.remove(id) != null;
    }

    private Note note(long id, NoteDraft draft) {
        return new Note(id, draft.title(), draft.text(), clock.instant());
    }
}

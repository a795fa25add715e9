/** A user's application. */
module example.consumer {
    requires io.uringreactive;
}

// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

/**
 * What a request can have wrong, each with the rule that it breaks and the status that answers it.
 * The connection is closed after that answer: what follows on it can no longer be told apart.
 */
public enum HttpViolation {
    METHOD_MALFORMED("RFC 9112, 3.1", 400, "the method is not a token"),
    METHOD_TOO_LONG("RFC 9112, 3", 501, "the method is longer than any that is served"),
    METHOD_CONNECT("RFC 9110, 9.3.6", 501, "CONNECT: this server is no proxy"),
    TARGET_MALFORMED("RFC 9112, 3.2", 400, "the request target is not valid"),
    TARGET_TOO_LONG("RFC 9110, 15.5.15", 414, "the request target is too long"),
    VERSION_MALFORMED("RFC 9112, 2.3", 400, "the version is not HTTP/1.0 or HTTP/1.1"),
    VERSION_UNSUPPORTED("RFC 9110, 15.6.6", 505, "this version of HTTP is not served here"),
    BARE_LF("RFC 9112, 2.2", 400, "a line ends with LF alone"),
    BARE_CR("RFC 9112, 2.2", 400, "a CR without LF"),
    FIELD_NAME_MALFORMED("RFC 9110, 5.1", 400, "a field name is not a token"),
    FIELD_SPACE_BEFORE_COLON("RFC 9112, 5.1", 400, "white space between field name and colon"),
    FIELD_FOLDED("RFC 9112, 5.2", 400, "a field line is folded"),
    FIELD_VALUE_MALFORMED("RFC 9110, 5.5", 400, "a control character in a field value"),
    FIELDS_TOO_LARGE("RFC 6585, 5", 431, "the fields have more bytes than allowed"),
    FIELDS_TOO_MANY("RFC 6585, 5", 431, "there are more fields than allowed"),
    HOST_MISSING("RFC 9112, 3.2", 400, "HTTP/1.1 without Host"),
    HOST_DUPLICATE("RFC 9112, 3.2", 400, "more than one Host"),
    HOST_MALFORMED("RFC 9110, 7.2", 400, "Host is not a host with an optional port"),
    HOST_MISMATCH("RFC 9112, 3.2.2", 400, "Host is not what the request target says"),
    CONTENT_LENGTH_MALFORMED("RFC 9110, 8.6", 400, "Content-Length is not a number"),
    CONTENT_LENGTH_DUPLICATE("RFC 9112, 6.3", 400, "more than one Content-Length"),
    LENGTH_AND_CODING("RFC 9112, 6.3", 400, "Content-Length together with Transfer-Encoding"),
    BODY_UNDECLARED("RFC 9112, 6.3", 400, "Sec-WebSocket-Key1, which means a body for some"),
    CODING_DUPLICATE("RFC 9112, 6.1", 400, "more than one Transfer-Encoding"),
    CODING_NOT_CHUNKED("RFC 9112, 6.3", 400, "the last transfer coding is not chunked"),
    CODING_UNSUPPORTED("RFC 9112, 6.1", 501, "a transfer coding besides chunked"),
    CODING_ON_1_0("RFC 9112, 6.1", 400, "Transfer-Encoding on HTTP/1.0"),
    CHUNK_SIZE_MALFORMED("RFC 9112, 7.1", 400, "a chunk's size is not a hexadecimal number"),
    CHUNK_EXTENSION_MALFORMED("RFC 9112, 7.1.1", 400, "a chunk's extension is not valid"),
    CHUNK_UNTERMINATED("RFC 9112, 7.1", 400, "a chunk's data is not followed by CRLF"),
    TRAILER_FORBIDDEN("RFC 9110, 6.5.1", 400, "a trailer that belongs into the head"),
    CONTENT_TOO_LARGE("RFC 9110, 15.5.14", 413, "the body is larger than allowed"),
    EXPECTATION_UNKNOWN("RFC 9110, 10.1.1", 417, "an expectation other than 100-continue"),
    TOO_SLOW("RFC 9110, 15.5.9", 408, "the request did not come in time"),
    UNREADABLE("RFC 9112, 2.2", 400, "the request cannot be decoded");

    private final String section;
    private final int status;
    private final String text;

    HttpViolation(String section, int status, String text) {
        this.section = section;
        this.status = status;
        this.text = text;
    }

    /** Where the rule stands, such as {@code RFC 9112, 3.2}. */
    public String section() {
        return section;
    }

    /** The status that answers it. */
    public int status() {
        return status;
    }

    @Override
    public String toString() {
        return text + " (" + section + ")";
    }
}

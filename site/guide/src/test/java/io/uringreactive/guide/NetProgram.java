// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

// #region program
import io.uringreactive.Net;

class NetProgram {
    static void main() {
        int port = Integer.getInteger("port", 8080);
        Net.serve(port, conn -> conn.send(conn.receive())).block();
    }
}
// #endregion program

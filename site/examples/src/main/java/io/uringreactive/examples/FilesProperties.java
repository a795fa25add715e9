// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where uploads go.
 *
 * @param folder made where it is absent
 */
@ConfigurationProperties("example.files")
record FilesProperties(@DefaultValue("${java.io.tmpdir}/uring-examples") Path folder) {}

// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Notes, feeds and files over HTTP, and a page that uses them. Which server it runs on is said by
 * {@code example.server}: see application.properties.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ExampleApplication {
    public static void main(String[] args) {
        SpringApplication.run(ExampleApplication.class, args);
    }
}

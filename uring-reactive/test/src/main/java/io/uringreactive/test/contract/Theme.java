// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

/** What the parts of the contract share: the stage of the test that runs. */
public interface Theme {
    Stage stage();
}

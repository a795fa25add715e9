// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsersTest {
    private static final String STAT =
            "4711 (tmux: server (1)) S 1 4711 4711 0 -1 4194624 1213 44 0 0 170 35 12 8 20 0 3 0 99";

    private static final String CORES =
            """
            cpu  700 7 70 7000 77 0 7 17 0 0
            cpu0 100 1 10 1000 11 0 1 5 0 0
            cpu1 200 2 20 2000 22 0 2 6 0 0
            cpu10 400 4 40 4000 44 0 4 6 0 0
            intr 1 2 3
            """;

    private static final String STATUS =
            """
            Name:	java
            TracerPid:	0
            VmHWM:	  222 kB
            VmRSS:	    1000 kB
            voluntary_ctxt_switches:	12
            nonvoluntary_ctxt_switches:	34
            """;

    @Test
    void shouldReadCpuTimeBehindANameWithParenthesesAndBlanks() {
        assertEquals(new CpuTicks(170, 35, 12, 8), CpuTicks.parse(STAT));
        assertEquals(20, CpuTicks.parse(STAT).reaped());
        assertEquals(225, CpuTicks.parse(STAT).total());
    }

    @Test
    void shouldSumTheChosenCoresOnly() {
        assertEquals(new CoreTicks(1011, 5), CoreTicks.parse(CORES, Cores.of("0")));
        assertEquals(new CoreTicks(2022 + 4044, 12), CoreTicks.parse(CORES, Cores.of("1,10")));
    }

    @Test
    void shouldRefuseACoreThatIsNotThere() {
        assertThrows(IllegalArgumentException.class, () -> CoreTicks.parse(CORES, Cores.of("0,2")));
    }

    @Test
    void shouldReadSwitchesAndMemory() {
        assertEquals(new Switches(12, 34), Switches.parse(STATUS));
        assertEquals(Optional.of(1_024_000L), StatusFile.residentBytes(STATUS));
        assertEquals(Optional.empty(), StatusFile.residentBytes("Name:	kthreadd\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "0-3|0-3", "3,1,2|1-3", "0,2-3,5|0,2-3,5", "1,1|1"})
    void shouldWriteCoresAsTasksetTakesThem(String list, String written) {
        assertEquals(written, Cores.of(list).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1,", "3-1", "-1"})
    void shouldRefuseWhatIsNoListOfCores(String list) {
        assertThrows(IllegalArgumentException.class, () -> Cores.of(list));
    }

    @Test
    void shouldReadTheSoftLimitOfOpenFiles() {
        String limits =
                """
                Limit                     Soft Limit           Hard Limit           Units
                Max core file size        0                    unlimited            bytes
                Max open files            %s                 20000                files
                """;
        assertEquals(1024, LimitsFile.openFiles(limits.formatted("1024")));
        assertEquals(Long.MAX_VALUE, LimitsFile.openFiles(limits.formatted("unlimited")));
        assertThrows(IllegalArgumentException.class, () -> LimitsFile.openFiles("Name: x"));
    }

    @Test
    void shouldReadThisProcess() {
        long self = ProcessHandle.current().pid();
        assertTrue(ProcFs.cpu(self).total() > 0);
        assertTrue(ProcFs.residentBytes(List.of(self)) > 1 << 20);
        assertTrue(ProcFs.switches(List.of(self)).voluntary() > 0);
        assertTrue(ProcFs.openFilesMax() > 100);
        assertTrue(ProcFs.localPorts() > 100);
    }

    @Test
    void shouldCountNothingForAProcessThatIsGone() {
        List<Long> nobody = List.of(Long.MAX_VALUE);
        assertEquals(CpuTicks.NONE, ProcFs.cpu(nobody));
        assertEquals(Switches.NONE, ProcFs.switches(nobody));
        assertEquals(0, ProcFs.residentBytes(nobody));
    }
}

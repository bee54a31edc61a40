/* Preloaded into a program that uses the simulator's library: when the program ends, its ledger's report goes to stderr. */
#define _DEFAULT_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <mprapi_sim.h>

__attribute__((destructor)) static void at_exit(void) {
    void *library = dlopen(getenv("MPRAPI_SIM_LIBRARY"), RTLD_NOW | RTLD_NOLOAD);
    uint32_t (*ask)(MPRSIM_REPORT *, char *, uint32_t);
    MPRSIM_REPORT report;
    if (library == NULL) {
        fputs("the simulator's library is not loaded\n", stderr);
        return;
    }
    *(void **)&ask = dlsym(library, "MprSimReport");
    if (ask == NULL || ask(&report, NULL, 0) != 0)
        fputs("this is not the simulator's library\n", stderr);
    else
        fprintf(stderr, "%lu buffers, %lu handles, %lu violations\n", (unsigned long)report.dwBuffers,
                (unsigned long)report.dwHandles, (unsigned long)report.dwViolations);
}

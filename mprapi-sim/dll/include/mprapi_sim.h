/* The one export of the simulator's library that mprapi.dll does not have. */
#ifndef MPRAPI_SIM_H
#define MPRAPI_SIM_H

#include <stdint.h>

#ifdef _WIN32
#define MPRSIM_CALL __stdcall
#else
#define MPRSIM_CALL
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What was handed out and not given back, and how often something was done that must not be done. */
typedef struct MPRSIM_REPORT {
    uint32_t dwBuffers;    /* buffers not freed */
    uint32_t dwHandles;    /* server handles not closed */
    uint32_t dwViolations; /* double frees, uses of closed handles and the like */
} MPRSIM_REPORT;

/*
 * Fills the report, and writes a line of UTF-8 for each violation, oldest first, into the text: as much as fits, and a
 * terminating zero. The text may be null. Returns 0, or 87 (ERROR_INVALID_PARAMETER) when the report is null.
 */
uint32_t MPRSIM_CALL MprSimReport(MPRSIM_REPORT *report, char *text, uint32_t room);

#ifdef __cplusplus
}
#endif

#endif

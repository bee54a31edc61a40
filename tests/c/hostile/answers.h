/* The shapes that answers of mprapi.h have, each with the lies that can be told in it. */
#ifndef HOSTILE_ANSWERS_H
#define HOSTILE_ANSWERS_H

#include "hostile.h"

/* A code and nothing else. */
DWORD code(const char *function);
/* A handle that may be looked for in vain. */
DWORD handle(const char *function, HANDLE *out);
/* A handle that is to be closed. */
DWORD connection(const char *function, HANDLE *out);
/* Records page by page. Without `resume` there is one page. */
DWORD pages(const char *function, const struct layout *layout, LPBYTE *out, LPDWORD read, LPDWORD total, LPDWORD resume);
/* One record in a buffer; `size` may be null. */
DWORD record(const char *function, const struct layout *layout, LPBYTE *out, LPDWORD size);
/* One record in the caller's memory. */
DWORD filled(const char *function, const struct layout *layout, void *out);
/* A yes or no, or a code, in the caller's memory. */
DWORD number(const char *function, LPDWORD out, DWORD honest);
/* An information block; `second` and `second_size` may be null. */
DWORD blocks(const char *function, LPBYTE *first, LPDWORD first_size, LPBYTE *second, LPDWORD second_size, LPWSTR *path);
/* A table of the router's information base. */
DWORD mib(const char *function, LPVOID query, LPVOID *out, LPDWORD size);
/* A text in the caller's memory of so many units. */
DWORD written(const char *function, LPWSTR out, DWORD units);
/* A block that the library keeps. */
DWORD kept(const char *function, LPVOID old, LPVOID *out);

#endif

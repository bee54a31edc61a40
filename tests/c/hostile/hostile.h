/*
 * A library that lies. It has the exports of mprapi.dll, answers as Microsoft's pages say, and tells, of one function at a
 * time, one kind of lie. It shares nothing with the rest of the repository: the types and records here are written from
 * the pages' lists of members.
 *
 * What it hands out ends where memory does: behind each buffer is a page that cannot be read. A buffer that came back cannot
 * be read either. One that comes back twice, or was never handed out, ends the process.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#define API __declspec(dllexport)
#else
#define API __attribute__((visibility("default")))
#endif

typedef uint8_t BYTE, *LPBYTE;
typedef uint16_t WORD, WCHAR, *LPWSTR;
typedef uint32_t DWORD, *LPDWORD;
typedef int32_t BOOL;
typedef void *LPVOID, *HANDLE;

typedef struct {
    BYTE revision, type;
    WORD size;
} OBJECT_HEADER;

enum {
    NO_ERROR = 0,
    ERROR_INVALID_HANDLE = 6,
    ERROR_INSUFFICIENT = 111,
    ERROR_MORE_DATA = 234,
    ERROR_NO_MORE_ITEMS = 259,
    ERROR_PENDING = 600,
    ERROR_NOT_FOUND = 1168
};

/* In the order of tests/src/hostile.rs. */
enum lie {
    HONEST,
    NULL_WITH_SUCCESS,
    GARBAGE,
    COUNT_TOO_LARGE,
    COUNT_ENORMOUS,
    MISALIGNED,
    UNTERMINATED,
    SURROGATES,
    UNKNOWN_VALUE,
    WRONG_HEADER,
    ENDLESS,
    OVERLAP,
    VANISHED,
    CODE
};

/* What a function is to tell in this call, and in which of the lie's variants. */
struct telling {
    enum lie lie;
    DWORD variant;
    /* How many calls of the function there were before this one, in this case. */
    unsigned before;
};

struct telling telling(const char *function);
/* Notes that the lie was told; it gives back true, for conditions. */
int lied(void);

/* Memory, see memory.c. */
void *give(size_t bytes, size_t alignment);
/* As the caller shall see it: `address` stands for the buffer at `block` from now on, and need not come back. */
void *give_as(void *block, void *address);
DWORD take_back(void *address);
size_t size_given(void *address);
void *unreadable(void);
void clean(void);
void opened(void);
void closed(void);

DWORD noise(DWORD *state);
void noise_bytes(void *place, size_t bytes, DWORD seed);
void text(WCHAR *place, size_t room, enum lie lie, unsigned number);

/* Records, see records.c. */
enum kind { END, TEXT, HANDLE_VALUE, TEXTS, BYTES, HEADER };

struct field {
    enum kind kind;
    size_t offset;
    /* TEXT: units. BYTES: where the size is. HEADER: revision and type. */
    size_t detail, second;
};

struct layout {
    size_t size, alignment;
    struct field fields[12];
};

extern const struct layout CONNECTIONS[5], CONNECTION_EX, PORTS[2], INTERFACES[4], DEVICES[2], TRANSPORT,
    IP_IN_IP, USERS[2], SERVERS[3], CREDENTIALS, FILTER;

/* `count` records and what they point to, in one buffer; null when no member is there for the lie to be told with. */
LPBYTE records(const struct layout *layout, size_t count, struct telling told);
/* One record into the caller's memory. */
void fill(const struct layout *layout, LPBYTE record, struct telling told, unsigned number, LPBYTE texts, LPBYTE bytes);
/* Whether the lie can be told with a member of the record. */
int tells(const struct layout *layout, enum lie lie);

#endif

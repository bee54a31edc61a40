/* The memory that the library hands out, and the notes on it. */
#define _DEFAULT_SOURCE
#include "hostile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
/* windows.h has its own names for the types. */
void *__stdcall VirtualAlloc(void *place, size_t bytes, DWORD type, DWORD protection);
BOOL __stdcall VirtualProtect(void *place, size_t bytes, DWORD protection, LPDWORD before);
BOOL __stdcall VirtualFree(void *place, size_t bytes, DWORD type);

static char *map(size_t bytes)
{
    const DWORD reserve_and_commit = 0x3000, read_write = 4;
    return VirtualAlloc(NULL, bytes, reserve_and_commit, read_write);
}

static void close_to_all(char *place, size_t bytes)
{
    const DWORD no_access = 1;
    DWORD before;
    VirtualProtect(place, bytes, no_access, &before);
}

static void unmap(char *place, size_t bytes)
{
    const DWORD release = 0x8000;
    (void)bytes;
    VirtualFree(place, 0, release);
}
#else
#include <sys/mman.h>

static char *map(size_t bytes)
{
    void *place = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return place == MAP_FAILED ? NULL : place;
}

static void close_to_all(char *place, size_t bytes) { mprotect(place, bytes, PROT_NONE); }

static void unmap(char *place, size_t bytes) { munmap(place, bytes); }
#endif

/* The pages of every system here, or a multiple of them. */
#define PAGE ((size_t)4096)

struct block {
    char *pages;
    size_t mapped;
    void *address;
    size_t bytes;
    int is_out, must_come_back;
};

/* Those handed out in this case, oldest first; an enumeration may have many pages. */
static struct block blocks[40000];
static size_t count, open_handles;

static void violation(const char *what)
{
    fprintf(stderr, "hostile library: %s\n", what);
    fflush(stderr);
    abort();
}

void *give(size_t bytes, size_t alignment)
{
    size_t room = (bytes + PAGE - 1) / PAGE * PAGE;
    if (room == 0)
        room = PAGE;
    if (count == sizeof blocks / sizeof *blocks)
        violation("asked for too many buffers");
    char *pages = map(room + PAGE);
    if (pages == NULL)
        violation("there is no memory left");
    memset(pages, 0xA5, room);
    close_to_all(pages + room, PAGE);
    char *address = pages + (room - bytes) / alignment * alignment;
    blocks[count++] = (struct block){pages, room + PAGE, address, bytes, 1, 1};
    return address;
}

static struct block *find(void *address)
{
    /* Buffers come back in the order in which they were handed out, or at once. */
    static size_t last;
    for (size_t step = 0; step < count; step++) {
        struct block *block = &blocks[(last + step) % count];
        if (block->address == address) {
            last = (last + step) % count;
            return block;
        }
    }
    return NULL;
}

void *give_as(void *block, void *address)
{
    struct block *found = find(block);
    found->address = address;
    found->must_come_back = 0;
    return address;
}

size_t size_given(void *address)
{
    struct block *block = find(address);
    if (block == NULL || !block->is_out)
        violation("a buffer that was not handed out was asked about");
    return block->bytes;
}

DWORD take_back(void *address)
{
    if (address == NULL)
        return NO_ERROR;
    struct block *block = find(address);
    if (block == NULL)
        violation("a buffer came back that was never handed out");
    if (!block->is_out)
        violation("a buffer came back twice");
    block->is_out = 0;
    close_to_all(block->pages, block->mapped - PAGE);
    return NO_ERROR;
}

void *unreadable(void)
{
    static char *pages;
    if (pages == NULL) {
        pages = map(PAGE);
        close_to_all(pages, PAGE);
    }
    return pages;
}

void clean(void)
{
    for (size_t index = 0; index < count; index++)
        unmap(blocks[index].pages, blocks[index].mapped);
    count = 0;
    open_handles = 0;
}

void opened(void) { open_handles++; }

void closed(void)
{
    if (open_handles == 0)
        violation("a handle was closed twice");
    open_handles--;
}

/* How many buffers are out, and how many handles open. */
API DWORD hostile_outstanding(void)
{
    DWORD out = 0;
    for (size_t index = 0; index < count; index++)
        out += blocks[index].is_out && blocks[index].must_come_back;
    return out + (DWORD)open_handles;
}

/* Reads a byte behind a buffer, or one that was given back: so it is seen that neither can be done. */
API BYTE hostile_overrun(BOOL given_back)
{
    volatile BYTE *buffer = give(8, 8);
    if (given_back) {
        take_back((void *)buffer);
        return buffer[0];
    }
    return buffer[8];
}

/* Gives a buffer back twice. */
API DWORD hostile_free_twice(void)
{
    void *buffer = give(8, 8);
    take_back(buffer);
    return take_back(buffer);
}

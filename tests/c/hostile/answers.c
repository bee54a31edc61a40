/* See answers.h. */
#include "answers.h"

#include <string.h>

/* What stands in the place of an answer when there is an error: nothing of it is to be believed. */
static void poison(LPBYTE *out, LPDWORD first, LPDWORD second)
{
    if (out != NULL)
        *out = unreadable();
    if (first != NULL)
        *first = 77;
    if (second != NULL)
        *second = 77;
}

DWORD code(const char *function)
{
    struct telling told = telling(function);
    if (told.lie == CODE && lied())
        return told.variant;
    return NO_ERROR;
}

DWORD handle(const char *function, HANDLE *out)
{
    struct telling told = telling(function);
    *out = (HANDLE)(uintptr_t)0x2000;
    switch (told.lie) {
    case CODE: *out = unreadable(); lied(); return told.variant;
    case VANISHED: *out = unreadable(); lied(); return ERROR_NOT_FOUND;
    case NULL_WITH_SUCCESS: *out = NULL; lied(); break;
    case GARBAGE: *out = told.variant % 2 ? (HANDLE)(intptr_t)-1 : (HANDLE)(uintptr_t)0xDEADBEEF; lied(); break;
    default: break;
    }
    return NO_ERROR;
}

DWORD connection(const char *function, HANDLE *out)
{
    static uintptr_t last = 0x10000;
    struct telling told = telling(function);
    switch (told.lie) {
    case CODE: *out = unreadable(); lied(); return told.variant;
    case NULL_WITH_SUCCESS: *out = NULL; lied(); return NO_ERROR;
    case GARBAGE: *out = (HANDLE)(intptr_t)-1; lied(); return NO_ERROR;
    case OVERLAP:
        if (told.before > 0) {
            /* The one that was given before is still open. */
            *out = (HANDLE)last;
            lied();
            return NO_ERROR;
        }
        break;
    default: break;
    }
    last += 8;
    *out = (HANDLE)last;
    opened();
    return NO_ERROR;
}

static struct telling honestly(struct telling told)
{
    told.lie = HONEST;
    return told;
}

DWORD pages(const char *function, const struct layout *layout, LPBYTE *out, LPDWORD read, LPDWORD total, LPDWORD resume)
{
    static LPBYTE first;
    struct telling told = telling(function);
    const struct telling honest = honestly(told), garbage = {GARBAGE, 2, 0};
    DWORD ignored;
    if (total == NULL)
        total = &ignored;
    *read = *total = 2;
    switch (told.lie) {
    case CODE:
        poison(out, read, total);
        if (told.variant == ERROR_MORE_DATA)
            /* This one is no error: a buffer is expected with it. */
            *out = NULL;
        lied();
        return told.variant;
    case NULL_WITH_SUCCESS:
        if (told.variant == 1 && tells(layout, told.lie))
            break;
        *out = NULL;
        lied();
        return NO_ERROR;
    case COUNT_TOO_LARGE:
        if (told.variant == 1 && tells(layout, told.lie))
            break;
        /* Three records more than there are things; the memory is there. */
        *out = records(layout, 5, honest);
        for (unsigned number = 2; number < 5; number++)
            fill(layout, *out + number * layout->size, garbage, number, NULL, NULL);
        if (told.variant == 2)
            /* A header that is none, where there is one. */
            for (unsigned number = 2; number < 5; number++)
                memset(*out + number * layout->size, 0xCC, 4);
        *read = 5;
        lied();
        return NO_ERROR;
    case COUNT_ENORMOUS:
        if (told.variant == 3 && tells(layout, told.lie))
            break;
        *out = records(layout, 2, honest);
        *read = told.variant == 0 ? 0xFFFFFFFF : told.variant == 1 ? 0x80000000 : 0x1000000;
        *total = *read;
        lied();
        return NO_ERROR;
    case MISALIGNED:
        if (told.variant == 1 && tells(layout, told.lie))
            break;
        *out = records(layout, 3, honest);
        *out = give_as(*out, *out + 1);
        lied();
        return NO_ERROR;
    case ENDLESS:
        /* Without pages, "more" is an error, and there is no buffer with one. */
        *out = told.variant == 2 || resume == NULL ? NULL : records(layout, 1, honest);
        *read = *out == NULL ? 0 : 1;
        *total = 1000;
        if (resume != NULL)
            /* The same page, another each time, none, two in turn, one that grows. */
            *resume = told.variant == 0 ? 1 : told.variant == 3 ? 1 + told.before % 2 : *resume + 1;
        lied();
        return ERROR_MORE_DATA;
    case OVERLAP:
        if (resume == NULL)
            break;
        if (told.before == 0) {
            *out = first = records(layout, 2, honest);
            *resume = 1;
            return ERROR_MORE_DATA;
        }
        if (told.variant == 0)
            /* The buffer that was given before. */
            *out = first;
        else if (told.variant == 1)
            /* A part of it. */
            *out = first + layout->size;
        else
            /* Another one, with the same things in it. */
            *out = records(layout, 2, honest);
        *read = told.variant == 1 ? 1 : 2;
        lied();
        return NO_ERROR;
    case VANISHED:
        if (resume == NULL)
            break;
        if (told.before == 0) {
            *out = records(layout, 1, honest);
            *read = 1;
            *resume = 1;
            return ERROR_MORE_DATA;
        }
        lied();
        *read = 0;
        *out = NULL;
        switch (told.variant) {
        case 0: *out = unreadable(); return ERROR_NO_MORE_ITEMS;
        case 1: return NO_ERROR;
        case 2: *out = give(8, 8); return NO_ERROR;
        default: *out = unreadable(); return ERROR_INVALID_HANDLE;
        }
    default: break;
    }
    if (tells(layout, told.lie))
        lied();
    else
        told = honest;
    *out = records(layout, 2, told);
    return NO_ERROR;
}

DWORD record(const char *function, const struct layout *layout, LPBYTE *out, LPDWORD size)
{
    struct telling told = telling(function);
    const struct telling honest = honestly(told);
    DWORD ignored;
    if (size == NULL)
        size = &ignored;
    *size = (DWORD)layout->size;
    switch (told.lie) {
    case CODE: poison(out, size, NULL); lied(); return told.variant;
    case VANISHED: poison(out, size, NULL); lied(); return ERROR_INVALID_HANDLE;
    case NULL_WITH_SUCCESS:
        if (told.variant == 1 && tells(layout, told.lie))
            break;
        *out = NULL;
        lied();
        return NO_ERROR;
    case MISALIGNED:
        if (told.variant == 1 && tells(layout, told.lie))
            break;
        *out = records(layout, 2, honest);
        *out = give_as(*out, *out + 1);
        lied();
        return NO_ERROR;
    case COUNT_TOO_LARGE:
        if (size == &ignored || (told.variant == 1 && tells(layout, told.lie)))
            break;
        *out = records(layout, 1, honest);
        *size += 1000;
        lied();
        return NO_ERROR;
    case COUNT_ENORMOUS:
        if (size == &ignored || (told.variant >= 2 && tells(layout, told.lie)))
            break;
        *out = records(layout, 1, honest);
        *size = 0xFFFFFFFF;
        lied();
        return NO_ERROR;
    case WRONG_HEADER:
        if (size == &ignored)
            break;
        /* The header of this one is its size. */
        *out = records(layout, 1, honest);
        *size = told.variant == 0 ? 0 : (DWORD)layout->size - 1;
        lied();
        return NO_ERROR;
    default: break;
    }
    if (tells(layout, told.lie))
        lied();
    else
        told = honest;
    *out = records(layout, 1, told);
    return NO_ERROR;
}

DWORD filled(const char *function, const struct layout *layout, void *out)
{
    struct telling told = telling(function);
    switch (told.lie) {
    case CODE: memset(out, 0xCC, layout->size); lied(); return told.variant;
    case VANISHED: memset(out, 0xCC, layout->size); lied(); return ERROR_NOT_FOUND;
    case NULL_WITH_SUCCESS: lied(); return NO_ERROR;
    default: break;
    }
    if (tells(layout, told.lie))
        lied();
    else
        told = honestly(told);
    fill(layout, out, told, 0, NULL, NULL);
    return NO_ERROR;
}

DWORD number(const char *function, LPDWORD out, DWORD honest)
{
    struct telling told = telling(function);
    *out = honest;
    switch (told.lie) {
    case CODE: *out = 77; lied(); return told.variant;
    case NULL_WITH_SUCCESS: *out = 77; lied(); break;
    case UNKNOWN_VALUE: *out = told.variant % 2 ? 0xFFFFFFFF : 4711; lied(); break;
    default: break;
    }
    return NO_ERROR;
}

static void put(LPBYTE place, size_t offset, DWORD value) { memcpy(place + offset, &value, 4); }

/* Version, size, one info of type 7 with two items of four bytes at 32. */
enum { BLOCK = 40 };

static LPBYTE block(struct telling told, LPDWORD size)
{
    size_t room = told.lie == COUNT_TOO_LARGE && told.variant == 0 ? BLOCK + 1000 : BLOCK;
    LPBYTE bytes = give(room + (told.lie == MISALIGNED), 8);
    if (told.lie == MISALIGNED) {
        bytes = give_as(bytes, bytes + 1);
    }
    const DWORD words[8] = {1, BLOCK, 1, 7, 4, 2, 32, 0};
    memset(bytes, 0x5A, room);
    memcpy(bytes, words, sizeof words);
    *size = (DWORD)room;
    switch (told.lie) {
    case GARBAGE: noise_bytes(bytes, BLOCK, told.variant + 1); break;
    case COUNT_TOO_LARGE:
        if (told.variant == 1)
            put(bytes, 4, BLOCK + 1);
        if (told.variant == 2)
            put(bytes, 8, 3);
        if (told.variant == 3)
            put(bytes, 20, 3);
        break;
    case COUNT_ENORMOUS:
        if (told.variant == 0)
            *size = 0xFFFFFFFF;
        else
            put(bytes, told.variant == 1 ? 4 : told.variant == 2 ? 8 : 20, 0xFFFFFFFF);
        break;
    case UNKNOWN_VALUE: put(bytes, told.variant ? 0 : 12, 4711); break;
    case WRONG_HEADER: put(bytes, told.variant ? 4 : 0, told.variant ? 0 : 2); break;
    default: break;
    }
    return bytes;
}

static int of_blocks(enum lie lie)
{
    return lie == GARBAGE || lie == COUNT_TOO_LARGE || lie == COUNT_ENORMOUS || lie == MISALIGNED
           || lie == UNKNOWN_VALUE || lie == WRONG_HEADER;
}

DWORD blocks(const char *function, LPBYTE *first, LPDWORD first_size, LPBYTE *second, LPDWORD second_size, LPWSTR *path)
{
    struct telling told = telling(function);
    struct telling honest = honestly(told);
    if (told.lie == CODE || told.lie == VANISHED) {
        poison(first, first_size, NULL);
        poison(second, second_size, NULL);
        poison((LPBYTE *)path, NULL, NULL);
        lied();
        return told.lie == CODE ? told.variant : ERROR_NOT_FOUND;
    }
    if (of_blocks(told.lie))
        lied();
    if (told.lie == NULL_WITH_SUCCESS && lied()) {
        *first = NULL;
        *first_size = told.variant == 1 ? 0 : BLOCK;
    } else {
        *first = block(told, first_size);
    }
    if (second != NULL) {
        if (told.lie == OVERLAP && told.variant < 2 && lied()) {
            *second = *first + (told.variant ? 8 : 0);
            *second_size = *first_size - (told.variant ? 8 : 0);
        } else {
            *second = block(honest, second_size);
        }
    }
    if (path == NULL)
        return NO_ERROR;
    if (told.lie == OVERLAP && told.variant == 2 && lied()) {
        *path = (LPWSTR)(void *)*first;
        return NO_ERROR;
    }
    if (told.lie == NULL_WITH_SUCCESS && told.variant == 2) {
        *path = NULL;
        return NO_ERROR;
    }
    size_t units = told.lie == UNTERMINATED && lied() ? 70000 : 16;
    if (told.lie == SURROGATES)
        lied();
    WCHAR *name = give(units * 2 + 2, 2);
    if (told.lie == MISALIGNED && told.variant == 1)
        name = give_as(name, (LPBYTE)name + 1);
    text(name, units, told.lie, 0);
    *path = name;
    return NO_ERROR;
}

DWORD mib(const char *function, LPVOID query, LPVOID *out, LPDWORD size)
{
    static const struct {
        DWORD variable, head, row;
    } tables[] = {{1, 12, 860}, {2, 8, 860}, {4, 12, 24}, {7, 12, 56}};
    struct telling told = telling(function);
    DWORD variable = *(LPDWORD)query, head = 12, row = 24;
    for (size_t index = 0; index < sizeof tables / sizeof *tables; index++)
        if (tables[index].variable == variable) {
            head = tables[index].head;
            row = tables[index].row;
        }
    if (told.lie == CODE || told.lie == VANISHED) {
        poison((LPBYTE *)out, size, NULL);
        lied();
        return told.lie == CODE ? told.variant : ERROR_NO_MORE_ITEMS;
    }
    if (told.lie == NULL_WITH_SUCCESS && lied()) {
        *out = NULL;
        *size = told.variant ? 0 : head + row;
        return NO_ERROR;
    }
    *size = head + row;
    size_t room = told.lie == COUNT_TOO_LARGE && told.variant == 0 ? *size + 1000 : *size;
    LPBYTE bytes = give(room + (told.lie == MISALIGNED), 8);
    if (told.lie == MISALIGNED && lied())
        bytes = give_as(bytes, bytes + 1);
    memset(bytes, 0, room);
    put(bytes, 0, variable);
    if (head == 12)
        put(bytes, 8, 1);
    switch (told.lie) {
    case GARBAGE: noise_bytes(bytes + 8, *size - 8, told.variant + 1); lied(); break;
    case COUNT_TOO_LARGE:
        if (told.variant == 0)
            *size = (DWORD)room;
        else
            put(bytes, 8, 2);
        lied();
        break;
    case COUNT_ENORMOUS:
        if (told.variant == 0)
            *size = 0xFFFFFFFF;
        else
            put(bytes, 8, 0xFFFFFFFF);
        lied();
        break;
    case UNTERMINATED: memset(bytes + head, 'x', row); lied(); break;
    case SURROGATES: memset(bytes + head, 0xD8, row); lied(); break;
    case UNKNOWN_VALUE:
        for (size_t offset = head; offset + 4 <= head + row; offset += 4)
            put(bytes, offset, told.variant ? 0xFFFFFFFF : 4711);
        lied();
        break;
    case WRONG_HEADER:
        if (told.variant == 0)
            put(bytes, 0, variable + 1);
        else
            *size = told.variant == 1 ? 4 : 10;
        lied();
        break;
    default: break;
    }
    *out = bytes;
    return NO_ERROR;
}

DWORD written(const char *function, LPWSTR out, DWORD units)
{
    struct telling told = telling(function);
    switch (told.lie) {
    case CODE: lied(); return told.variant;
    case VANISHED: lied(); return ERROR_NOT_FOUND;
    case NULL_WITH_SUCCESS: lied(); return NO_ERROR;
    case GARBAGE:
        noise_bytes(out, units * 2, told.variant + 1);
        out[units - 1] = 0;
        lied();
        return NO_ERROR;
    case UNTERMINATED:
    case SURROGATES: lied(); break;
    default: told.lie = HONEST; break;
    }
    text(out, units, told.lie, 0);
    return NO_ERROR;
}

DWORD kept(const char *function, LPVOID old, LPVOID *out)
{
    struct telling told = telling(function);
    DWORD size;
    switch (told.lie) {
    case CODE: poison((LPBYTE *)out, NULL, NULL); lied(); return told.variant;
    case NULL_WITH_SUCCESS: *out = NULL; lied(); return NO_ERROR;
    case OVERLAP:
        if (old == NULL)
            break;
        /* Changed in place. */
        *out = old;
        lied();
        return NO_ERROR;
    case GARBAGE:
    case MISALIGNED:
    case UNKNOWN_VALUE:
    case WRONG_HEADER: lied(); break;
    case COUNT_TOO_LARGE:
    case COUNT_ENORMOUS:
        /* What is said of the size is another function's. */
        if (told.variant == 0)
            return blocks("", (LPBYTE *)out, &size, NULL, NULL, NULL);
        lied();
        break;
    default: break;
    }
    *out = block(told, &size);
    return NO_ERROR;
}

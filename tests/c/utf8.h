/* Windows' text as UTF-8, for the programs that print it. */
#pragma once

/* The text in UTF-8, in a place with room for four bytes a unit and the end. */
static const char *write_utf8(char *place, const WCHAR *text) {
    char *end = place;
    while (*text) {
        unsigned long c = *text++;
        if (c >= 0xD800 && c < 0xDC00 && *text >= 0xDC00 && *text < 0xE000)
            c = 0x10000 + ((c - 0xD800) << 10) + (*text++ - 0xDC00);
        if (c < 0x80) {
            *end++ = (char)c;
            continue;
        }
        if (c >= 0x10000) {
            *end++ = (char)(0xF0 | c >> 18);
            *end++ = (char)(0x80 | (c >> 12 & 0x3F));
        } else if (c >= 0x800) {
            *end++ = (char)(0xE0 | c >> 12);
        }
        *end++ = c >= 0x800 ? (char)(0x80 | (c >> 6 & 0x3F)) : (char)(0xC0 | c >> 6);
        *end++ = (char)(0x80 | (c & 0x3F));
    }
    *end = 0;
    return place;
}

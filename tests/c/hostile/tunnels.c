/* The records that lead to others: a server's tunnels, an interface's IKEv2 settings. */
#include "hostile.h"

#include <string.h>

typedef struct {
    DWORD cbData;
    LPBYTE pbData;
} BLOB;

typedef struct {
    DWORD algorithms[6];
} POLICY;

typedef struct {
    DWORD dwSize;
    BOOL IsEKUOID;
    LPWSTR pwszEKU;
} EKU;

typedef struct {
    DWORD dwNumPorts, dwPortFlags;
} PORTS_OF;

typedef struct {
    PORTS_OF ports;
    DWORD dwTunnelConfigParamFlags;
    struct {
        DWORD dwIdleTimeout, dwNetworkBlackoutTime, dwSaLifeTime, dwSaDataSizeForRenegotiation, dwConfigOptions,
            dwTotalCertificates;
        BLOB *certificateNames;
        BLOB machineCertificateName;
        DWORD dwEncryptionType;
        POLICY *customPolicy;
        DWORD dwTotalEkus;
        EKU *certificateEKUs;
        BLOB machineCertificateHash;
        DWORD dwMmSaLifeTime;
    } tunnel;
} IKEV2;

typedef struct {
    PORTS_OF ports;
    DWORD dwTunnelConfigParamFlags;
    struct {
        DWORD dwIdleTimeout, dwEncryptionType, dwSaLifeTime, dwSaDataSizeForRenegotiation;
        POLICY *customPolicy;
        DWORD dwMmSaLifeTime;
    } tunnel;
} L2TP;

typedef struct {
    PORTS_OF ports;
    BOOL isUseHttps;
    DWORD certAlgorithm;
    struct {
        BOOL isDefault;
        BLOB certBlob;
    } certificate;
} SSTP;

/* MPR_SERVER_EX1; MPR_SERVER_EX0 ends before the ports of GRE. */
typedef struct {
    OBJECT_HEADER Header;
    DWORD fLanOnlyMode, dwUpTime, dwTotalPorts, dwPortsInUse, Reserved;
    IKEV2 ikev2;
    PORTS_OF pptp;
    L2TP l2tp;
    SSTP sstp;
    PORTS_OF gre;
} SERVER_EX;

/* MPR_IF_CUSTOMINFOEX2; the older ones end earlier. */
typedef struct {
    OBJECT_HEADER Header;
    DWORD dwFlags;
    DWORD dwSaLifeTime, dwSaDataSize;
    BLOB certificateName;
    POLICY *customPolicy;
    BLOB certificateHash;
    DWORD dwMmSaLifeTime;
    DWORD numTsi, numTsr;
    LPBYTE tsI, tsR;
} CUSTOM_INFO;

_Static_assert(sizeof(SERVER_EX) == 248 && sizeof(CUSTOM_INFO) == 88, "the lengths that 64-bit Windows has");

static void spoil(OBJECT_HEADER *header, struct telling now)
{
    if (now.lie != WRONG_HEADER)
        return;
    lied();
    switch (now.variant) {
    case 0: header->revision++; break;
    case 1: header->type++; break;
    case 2: header->size -= 8; break;
    case 3: header->size = 0; break;
    case 4: header->size = 0xFFFF; break;
    default: memset(header, 0, sizeof *header); break;
    }
}

static LPVOID shifted(LPVOID pointer, int by) { return (LPBYTE)pointer + by; }

enum { CERTIFICATES = 2, USAGE = 16 };

/* A buffer of its own, as each thing is that a record of the caller's leads to. */
static LPVOID filled(size_t bytes, size_t alignment, BYTE with)
{
    LPVOID block = give(bytes, alignment);
    memset(block, with, bytes);
    return block;
}

static BLOB blob(void) { return (BLOB){8, filled(8, 8, 1)}; }

/* Room for so many, of which the first two lead on. */
static void lead_on(SERVER_EX *all, DWORD certificates, struct telling now)
{
    all->ikev2.tunnel.certificateNames = filled(certificates * sizeof(BLOB), 8, 0);
    all->ikev2.tunnel.certificateEKUs = filled(CERTIFICATES * sizeof(EKU), 8, 0);
    for (size_t index = 0; index < CERTIFICATES; index++) {
        LPWSTR usage = give(USAGE * sizeof *usage, sizeof *usage);
        text(usage, USAGE, now.lie, 0);
        all->ikev2.tunnel.certificateNames[index] = blob();
        all->ikev2.tunnel.certificateEKUs[index] = (EKU){USAGE * sizeof *usage, 1, usage};
    }
    all->ikev2.tunnel.dwTotalCertificates = all->ikev2.tunnel.dwTotalEkus = CERTIFICATES;
    all->ikev2.tunnel.machineCertificateName = blob();
    all->ikev2.tunnel.machineCertificateHash = blob();
    all->ikev2.tunnel.customPolicy = filled(sizeof(POLICY), 4, 0);
    all->l2tp.tunnel.customPolicy = filled(sizeof(POLICY), 4, 0);
    all->sstp.certificate.certBlob = blob();
}

/* What nobody can find through a list that is no list need not come back. */
static void forget_names(BLOB *names)
{
    for (size_t index = 0; index < CERTIFICATES; index++)
        give_as(names[index].pbData, names[index].pbData);
}

static void forget_usages(EKU *usages)
{
    for (size_t index = 0; index < CERTIFICATES; index++)
        give_as(usages[index].pwszEKU, usages[index].pwszEKU);
}

static DWORD server(const char *function, SERVER_EX *out)
{
    struct telling now = telling(function);
    size_t length = out->Header.size == 248 ? 248 : 240;
    SERVER_EX all = {.Header = out->Header, .dwUpTime = 60, .dwTotalPorts = 8};
    DWORD value = now.variant % 2 ? 0xFFFFFFFF : 4711;
    if (now.lie == CODE && lied()) {
        memset(out, 0xCC, length);
        return now.variant;
    }
    if (now.lie == NULL_WITH_SUCCESS && now.variant == 1 && lied())
        /* Nothing is written at all. */
        return NO_ERROR;
    if (now.lie == WRONG_HEADER) {
        /* Nothing behind a header that is none is believed, so there is nothing. */
        spoil(&all.Header, now);
        memcpy(out, &all, length);
        return NO_ERROR;
    }
    all.ikev2.dwTunnelConfigParamFlags = all.l2tp.dwTunnelConfigParamFlags = 1;
    if (now.lie == GARBAGE) {
        OBJECT_HEADER header = all.Header;
        noise_bytes(&all, sizeof all, now.variant + 1);
        all.Header = header;
        /* Pointers that are garbage nobody can tell from true ones; so there are none. */
        all.ikev2.tunnel.certificateNames = NULL;
        all.ikev2.tunnel.certificateEKUs = NULL;
        all.ikev2.tunnel.customPolicy = all.l2tp.tunnel.customPolicy = NULL;
        all.ikev2.tunnel.machineCertificateName = all.ikev2.tunnel.machineCertificateHash = (BLOB){0, NULL};
        all.sstp.certificate.certBlob = (BLOB){0, NULL};
        if (now.variant % 2)
            all.ikev2.tunnel.dwTotalCertificates = all.ikev2.tunnel.dwTotalEkus = 0;
        memcpy(out, &all, length);
        lied();
        return NO_ERROR;
    }
    lead_on(&all, now.lie == COUNT_TOO_LARGE && now.variant == 0 ? 1025 : CERTIFICATES, now);
    if (now.lie == UNTERMINATED || now.lie == SURROGATES)
        lied();
    BLOB *names = all.ikev2.tunnel.certificateNames;
    EKU *usages = all.ikev2.tunnel.certificateEKUs;
    switch (now.lie) {
    case NULL_WITH_SUCCESS:
        switch (now.variant) {
        case 0:
            forget_names(names);
            take_back(names);
            all.ikev2.tunnel.certificateNames = NULL;
            break;
        case 2:
            forget_usages(usages);
            take_back(usages);
            all.ikev2.tunnel.certificateEKUs = NULL;
            break;
        case 3:
            take_back(usages[1].pwszEKU);
            usages[1].pwszEKU = NULL;
            break;
        case 4:
            take_back(names[1].pbData);
            names[1].pbData = NULL;
            break;
        default:
            take_back(all.sstp.certificate.certBlob.pbData);
            all.sstp.certificate.certBlob.pbData = NULL;
            break;
        }
        lied();
        break;
    case COUNT_TOO_LARGE:
        if (now.variant == 0) {
            all.ikev2.tunnel.dwTotalCertificates = 1025;
            forget_names(names);
        } else if (now.variant == 1) {
            take_back(all.ikev2.tunnel.machineCertificateHash.pbData);
            all.ikev2.tunnel.machineCertificateHash = (BLOB){2008, filled(2008, 8, 2)};
        } else
            usages[1].dwSize = 15;
        lied();
        break;
    case COUNT_ENORMOUS:
        switch (now.variant) {
        case 0:
            all.ikev2.tunnel.dwTotalCertificates = 0xFFFFFFFF;
            forget_names(names);
            break;
        case 1:
            all.ikev2.tunnel.dwTotalEkus = 0xFFFFFFFF;
            forget_usages(usages);
            break;
        case 2: usages[0].dwSize = 0xFFFFFFFF; break;
        case 3: names[0].cbData = 0xFFFFFFFF; break;
        default: all.sstp.certificate.certBlob.cbData = 0xFFFFFFFF; break;
        }
        lied();
        break;
    case MISALIGNED:
        switch (now.variant) {
        case 0:
            forget_names(names);
            all.ikev2.tunnel.certificateNames = give_as(names, shifted(names, 1));
            break;
        case 1:
            forget_usages(usages);
            all.ikev2.tunnel.certificateEKUs = give_as(usages, shifted(usages, 4));
            break;
        case 2:
            all.ikev2.tunnel.customPolicy =
                give_as(all.ikev2.tunnel.customPolicy, shifted(all.ikev2.tunnel.customPolicy, 2));
            break;
        case 3:
            usages[0].pwszEKU = give_as(usages[0].pwszEKU, shifted(usages[0].pwszEKU, 1));
            usages[0].dwSize -= 2;
            break;
        default:
            /* Bytes may lie anywhere. */
            take_back(all.sstp.certificate.certBlob.pbData);
            all.sstp.certificate.certBlob = (BLOB){7, filled(7, 1, 3)};
            break;
        }
        lied();
        break;
    case UNKNOWN_VALUE:
        all.fLanOnlyMode = all.ikev2.tunnel.dwEncryptionType = all.l2tp.tunnel.dwEncryptionType = value;
        all.sstp.certAlgorithm = all.gre.dwPortFlags = all.ikev2.dwTunnelConfigParamFlags = value;
        for (size_t index = 0; index < 6; index++)
            all.ikev2.tunnel.customPolicy->algorithms[index] = value;
        lied();
        break;
    default: break;
    }
    memcpy(out, &all, length);
    return NO_ERROR;
}

API DWORD MprAdminServerGetInfoEx(HANDLE handle, SERVER_EX *out)
{
    (void)handle;
    return server(__func__, out);
}

API DWORD MprConfigServerGetInfoEx(HANDLE handle, SERVER_EX *out)
{
    (void)handle;
    return server(__func__, out);
}

/* IPv4, from 10.0.0.0 to 10.0.0.255; 52 bytes each. */
static LPBYTE selectors(DWORD count, DWORD type)
{
    enum { SELECTOR = 52 };
    LPBYTE first = give(count * SELECTOR, 4);
    memset(first, 0, count * SELECTOR);
    for (DWORD index = 0; index < count; index++) {
        LPBYTE place = first + index * SELECTOR;
        const WORD family = (WORD)type;
        const BYTE from[4] = {10, 0, 0, 0}, to[4] = {10, 0, 0, 255};
        memcpy(place, &type, 4);
        memcpy(place + 12, &family, 2);
        memcpy(place + 16, from, 4);
        memcpy(place + 32, &family, 2);
        memcpy(place + 36, to, 4);
    }
    return first;
}

static DWORD custom(const char *function, CUSTOM_INFO *out)
{
    struct telling now = telling(function);
    size_t length = out->Header.size == 88 || out->Header.size == 56 ? out->Header.size : 40;
    CUSTOM_INFO all = {.Header = out->Header, .dwFlags = 1, .dwSaLifeTime = 300, .dwSaDataSize = 1024};
    if (now.lie == CODE && lied()) {
        memset(out, 0xCC, length);
        return now.variant;
    }
    if (now.lie == WRONG_HEADER) {
        /* Nothing behind a header that is none is to be believed, so there is nothing. */
        spoil(&all.Header, now);
        memcpy(out, &all, length);
        return NO_ERROR;
    }
    all.certificateName = (BLOB){8, give(8, 8)};
    memset(all.certificateName.pbData, 1, 8);
    all.customPolicy = give(sizeof *all.customPolicy, 4);
    memset(all.customPolicy, 0, sizeof *all.customPolicy);
    if (length >= 56) {
        all.certificateHash = (BLOB){8, give(8, 8)};
        memset(all.certificateHash.pbData, 2, 8);
    }
    if (length == 88) {
        all.numTsi = all.numTsr = 2;
        all.tsI = selectors(2, 7);
        all.tsR = selectors(2, 7);
    }
    switch (now.lie) {
    case NULL_WITH_SUCCESS:
        take_back(all.certificateName.pbData);
        all.certificateName.pbData = NULL;
        lied();
        break;
    case GARBAGE:
        all.dwFlags = now.variant ? 0xFFFFFFFE : 0xFFFFFFFF;
        noise_bytes(all.customPolicy, sizeof *all.customPolicy, now.variant + 1);
        if (length == 88)
            noise_bytes(all.tsI, 104, now.variant + 2);
        lied();
        break;
    case COUNT_TOO_LARGE:
        if (length != 88)
            break;
        take_back(all.tsI);
        all.tsI = selectors(now.variant ? 65537 : 9, 7);
        all.numTsi = now.variant ? 65537 : 9;
        lied();
        break;
    case COUNT_ENORMOUS:
        if (now.variant == 0)
            all.certificateName.cbData = 0xFFFFFFFF;
        else if (length >= 56 && now.variant == 1)
            all.certificateHash.cbData = 0xFFFFFFFF;
        else if (length == 88 && now.variant == 2)
            all.numTsi = 0xFFFFFFFF;
        else if (length == 88)
            all.numTsr = 0xFFFFFFFF;
        else
            break;
        lied();
        break;
    case MISALIGNED:
        all.customPolicy = give_as(all.customPolicy, shifted(all.customPolicy, 1));
        lied();
        break;
    case UNKNOWN_VALUE:
        for (size_t index = 0; index < 6; index++)
            all.customPolicy->algorithms[index] = now.variant % 2 ? 0xFFFFFFFF : 4711;
        if (length == 88 && now.variant == 2) {
            take_back(all.tsI);
            all.tsI = selectors(2, 4711);
        }
        lied();
        break;
    case OVERLAP:
        if (length < 56)
            break;
        take_back(all.certificateHash.pbData);
        /* The same buffer twice, or a part of another. */
        all.certificateHash.pbData = all.certificateName.pbData + (now.variant ? 4 : 0);
        all.certificateHash.cbData = 4;
        lied();
        break;
    default: break;
    }
    memcpy(out, &all, length);
    return NO_ERROR;
}

API DWORD MprAdminInterfaceGetCustomInfoEx(HANDLE handle, HANDLE thing, CUSTOM_INFO *out)
{
    (void)handle;
    (void)thing;
    return custom(__func__, out);
}

API DWORD MprConfigInterfaceGetCustomInfoEx(HANDLE handle, HANDLE thing, CUSTOM_INFO *out)
{
    (void)handle;
    (void)thing;
    return custom(__func__, out);
}

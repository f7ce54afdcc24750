/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* How a city file lies on disk; shared by the reader and the writer, no one else.
 *
 *   header (64 bytes) | sections, each padded with zeros to 64 bytes | table
 *
 * The table holds an entry for each section, then the CRC-32 (ISO 3309, as in zlib) of every block
 * of every section, padding included, in the order of the entries. The header's checksum covers the
 * header up to itself; the table's covers the whole table. So each byte of the file is covered
 * once: header and table when the file is opened, a block when it is first used. Everything is
 * little-endian. */

#define VOLANT_CITY_MAGIC "VOLANTCF"
#define VOLANT_CITY_VERSION 1u
#define VOLANT_CITY_ALIGNMENT 64u
#define VOLANT_CITY_BLOCK_SIZE 65536u
#define VOLANT_CITY_MAX_SECTIONS 1024u

typedef struct {
  char magic[8];
  uint32_t version;
  uint32_t n_sections;
  uint64_t file_size;
  uint64_t table_offset;
  uint64_t table_size;
  uint32_t block_size;
  uint32_t table_checksum;
  uint32_t reserved[3]; /* zero */
  uint32_t checksum;    /* of the 60 bytes above */
} VolantCityHeader;

typedef struct {
  uint32_t tag;
  uint32_t first_block; /* into the checksums of the table */
  uint64_t offset;      /* from the start of the file, a multiple of the alignment */
  uint64_t size;        /* without padding */
} VolantCityEntry;

_Static_assert (sizeof (VolantCityHeader) == 64, "the header is 64 bytes");
_Static_assert (sizeof (VolantCityEntry) == 24, "an entry is 24 bytes");

static inline uint64_t
volant_city_padded (uint64_t size)
{
  return (size + VOLANT_CITY_ALIGNMENT - 1) & ~(uint64_t) (VOLANT_CITY_ALIGNMENT - 1);
}

static inline uint64_t
volant_city_n_blocks (uint64_t size)
{
  return (volant_city_padded (size) + VOLANT_CITY_BLOCK_SIZE - 1) / VOLANT_CITY_BLOCK_SIZE;
}

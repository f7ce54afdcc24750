/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/city/city-file.h"

#include "maps/city/city-format.h"

#include <stdatomic.h>
#include <string.h>
#include <zlib.h>

/* A city file opened for reading: the bytes stay mapped, nothing is copied. Header and table are
 * checked at open; a block of a section is checked by the first thread that asks for it. Two
 * threads may check the same block at once: both come to the same answer. */

#if G_BYTE_ORDER != G_LITTLE_ENDIAN
#error "sections are read in place: a little-endian machine is needed"
#endif

struct _VolantCityFile {
  atomic_int ref_count;
  char *name; /* as shown in messages */
  GBytes *bytes;
  const uint8_t *data;
  uint32_t n_sections;
  const VolantCityEntry *entries;
  const uint32_t *checksums;
  atomic_uchar *block_is_good;
};

static void
set_corrupt (GError **error, const char *name, const char *what)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "%s is not a whole city file: %s; make it again with “volant import”", name, what);
}

static bool
check_header (const char *name, const uint8_t *data, size_t size, GError **error)
{
  const VolantCityHeader *header = (const VolantCityHeader *) data;

  if (size < sizeof *header || memcmp (header->magic, VOLANT_CITY_MAGIC, 8) != 0)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                   "%s is not a city file; make one with “volant import FILE -o CITY”", name);
      return false;
    }
  if (crc32_z (0, data, offsetof (VolantCityHeader, checksum)) != header->checksum)
    set_corrupt (error, name, "its header is damaged");
  else if (header->version != VOLANT_CITY_VERSION || header->block_size != VOLANT_CITY_BLOCK_SIZE)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                 "%s is a city file of version %u, this program reads version %u; make it again "
                 "with “volant import”",
                 name, header->version, VOLANT_CITY_VERSION);
  else if (header->file_size != size)
    set_corrupt (error, name, "it is cut off or has something after its end");
  else if (header->n_sections > VOLANT_CITY_MAX_SECTIONS ||
           header->table_offset % VOLANT_CITY_ALIGNMENT != 0 || header->table_offset > size ||
           header->table_size != size - header->table_offset ||
           header->table_size < header->n_sections * sizeof (VolantCityEntry))
    set_corrupt (error, name, "its table lies outside of it");
  else if (crc32_z (0, data + header->table_offset, header->table_size) != header->table_checksum)
    set_corrupt (error, name, "its table is damaged");
  else
    return true;
  return false;
}

/* Sections follow one another without gaps, so that every byte has its checksum. */
static bool
check_table (VolantCityFile *file, const VolantCityHeader *header, GError **error)
{
  uint64_t offset = sizeof *header;
  uint64_t n_blocks = 0;
  uint64_t entries_size = header->n_sections * sizeof (VolantCityEntry);

  for (uint32_t i = 0; i < header->n_sections; i++)
    {
      const VolantCityEntry *entry = &file->entries[i];

      if (entry->offset != offset || entry->size > header->table_offset - offset ||
          volant_city_padded (entry->size) > header->table_offset - offset ||
          entry->first_block != n_blocks)
        {
          set_corrupt (error, file->name, "its table does not fit its sections");
          return false;
        }
      offset += volant_city_padded (entry->size);
      n_blocks += volant_city_n_blocks (entry->size);
    }
  if (offset != header->table_offset ||
      header->table_size != entries_size + n_blocks * sizeof (uint32_t))
    {
      set_corrupt (error, file->name, "its table does not fit its sections");
      return false;
    }
  file->block_is_good = g_new0 (atomic_uchar, n_blocks + 1);
  return true;
}

/* Takes the bytes. */
static VolantCityFile *
open_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (VolantCityFile) file = g_new0 (VolantCityFile, 1);
  const VolantCityHeader *header;
  size_t size;

  atomic_init (&file->ref_count, 1);
  file->name = g_strdup (name);
  file->bytes = bytes;
  file->data = g_bytes_get_data (bytes, &size);
  if (!check_header (name, file->data, size, error))
    return NULL;
  header = (const VolantCityHeader *) file->data;
  file->n_sections = header->n_sections;
  file->entries = (const VolantCityEntry *) (file->data + header->table_offset);
  file->checksums = (const uint32_t *) (file->entries + header->n_sections);
  if (!check_table (file, header, error))
    return NULL;
  return g_steal_pointer (&file);
}

/* Maps a city file and checks its header and table. The file must not be changed in place while it
 * is open (the writer never does: it renames). Errors: G_FILE_ERROR where it cannot be read,
 * VOLANT_MAPS_ERROR_CORRUPT, VOLANT_MAPS_ERROR_UNSUPPORTED. */
VolantCityFile *
volant_city_file_open (const char *path, GError **error)
{
  g_autoptr (GMappedFile) mapped = NULL;
  g_autofree char *shown = g_filename_display_name (path);

  mapped = g_mapped_file_new (path, FALSE, error);
  if (mapped == NULL)
    return NULL;
  return open_bytes (g_mapped_file_get_bytes (mapped), shown, error);
}

/* The same from bytes in memory, which are referenced (or copied where they are not aligned). */
VolantCityFile *
volant_city_file_open_bytes (GBytes *bytes, GError **error)
{
  size_t size;
  const void *data = g_bytes_get_data (bytes, &size);

  if ((uintptr_t) data % sizeof (uint64_t) != 0)
    return open_bytes (g_bytes_new (data, size), "the city in memory", error);
  return open_bytes (g_bytes_ref (bytes), "the city in memory", error);
}

VolantCityFile *
volant_city_file_ref (VolantCityFile *file)
{
  atomic_fetch_add (&file->ref_count, 1);
  return file;
}

/* file may be NULL. */
void
volant_city_file_unref (VolantCityFile *file)
{
  if (file == NULL || atomic_fetch_sub (&file->ref_count, 1) != 1)
    return;
  g_bytes_unref (file->bytes);
  g_free (file->block_is_good);
  g_free (file->name);
  g_free (file);
}

static const VolantCityEntry *
find_entry (const VolantCityFile *file, uint32_t tag)
{
  for (uint32_t i = 0; i < file->n_sections; i++)
    if (file->entries[i].tag == tag)
      return &file->entries[i];
  return NULL;
}

bool
volant_city_file_has_section (VolantCityFile *file, uint32_t tag)
{
  return find_entry (file, tag) != NULL;
}

static bool
check_block (VolantCityFile *file, const VolantCityEntry *entry, uint64_t block)
{
  uint64_t start = block * VOLANT_CITY_BLOCK_SIZE;
  uint64_t size = MIN (volant_city_padded (entry->size) - start, VOLANT_CITY_BLOCK_SIZE);
  atomic_uchar *good = &file->block_is_good[entry->first_block + block];

  if (atomic_load_explicit (good, memory_order_relaxed))
    return true;
  if (crc32_z (0, file->data + entry->offset + start, size) !=
      file->checksums[entry->first_block + block])
    return false;
  atomic_store_explicit (good, 1, memory_order_relaxed);
  return true;
}

static const void *
get_checked (VolantCityFile *file, const VolantCityEntry *entry, uint64_t offset, uint64_t size,
             GError **error)
{
  char tag[5] = { (char) entry->tag, (char) (entry->tag >> 8), (char) (entry->tag >> 16),
                  (char) (entry->tag >> 24), '\0' };
  uint64_t end = offset + size;

  /* the padding of the last block belongs to whoever reads the end of the section */
  for (uint64_t block = offset / VOLANT_CITY_BLOCK_SIZE; block * VOLANT_CITY_BLOCK_SIZE < end;
       block++)
    if (!check_block (file, entry, block))
      {
        g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                     "%s is damaged in its section %s; make it again with “volant import”",
                     file->name, tag);
        return NULL;
      }
  return file->data + entry->offset + offset;
}

static const VolantCityEntry *
require_entry (VolantCityFile *file, uint32_t tag, GError **error)
{
  const VolantCityEntry *entry = find_entry (file, tag);

  if (entry == NULL)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND,
                 "%s has no section %c%c%c%c; make it again with “volant import”", file->name,
                 (int) (tag & 0xff), (int) (tag >> 8 & 0xff), (int) (tag >> 16 & 0xff),
                 (int) (tag >> 24));
  return entry;
}

/* A whole section, every block of it checked (transfer none: lives as long as the file). An empty
 * section gives a pointer that must not be read. */
const void *
volant_city_file_get_section (VolantCityFile *file, uint32_t tag, size_t *size, GError **error)
{
  const VolantCityEntry *entry = require_entry (file, tag, error);

  if (entry == NULL)
    return NULL;
  *size = entry->size;
  return get_checked (file, entry, 0, entry->size, error);
}

/* size bytes of a section from offset on; only the blocks that they touch are checked. */
const void *
volant_city_file_get_range (VolantCityFile *file, uint32_t tag, uint64_t offset, size_t size,
                            GError **error)
{
  const VolantCityEntry *entry = require_entry (file, tag, error);

  if (entry == NULL)
    return NULL;
  if (offset > entry->size || size > entry->size - offset)
    {
      set_corrupt (error, file->name, "something points outside of its section");
      return NULL;
    }
  return get_checked (file, entry, offset, size, error);
}

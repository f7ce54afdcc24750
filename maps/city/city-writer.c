/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/city/city-file.h"

#include "maps/city/city-format.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

/* Writes a city file beside its final name and renames it when it is whole. Where the file system
 * knows nameless files (O_TMPFILE) even a killed program leaves nothing; elsewhere the temporary
 * file is removed by volant_city_writer_free (). The same sections give the same bytes. */

struct _VolantCityWriter {
  char *path;
  char *temporary_path; /* NULL while the file has no name */
  int descriptor;
  uint64_t offset;
  GArray *entries;   /* VolantCityEntry */
  GArray *checksums; /* uint32_t */
};

static bool
set_write_error (GError **error, const char *path, int number)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number),
               "%s cannot be written: %s", shown, g_strerror (number));
  return false;
}

/* Begins a city file. Nothing stands at path before volant_city_writer_finish (). */
VolantCityWriter *
volant_city_writer_new (const char *path, GError **error)
{
  g_autoptr (VolantCityWriter) writer = g_new0 (VolantCityWriter, 1);
  g_autofree char *folder = g_path_get_dirname (path);

  writer->path = g_strdup (path);
  writer->entries = g_array_new (FALSE, TRUE, sizeof (VolantCityEntry));
  writer->checksums = g_array_new (FALSE, TRUE, sizeof (uint32_t));
  writer->offset = sizeof (VolantCityHeader);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      writer->descriptor = -1;
      set_write_error (error, path, EISDIR);
      return NULL;
    }
  writer->descriptor = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  if (writer->descriptor < 0)
    {
      writer->temporary_path = g_strdup_printf ("%s.XXXXXX", path);
      writer->descriptor = g_mkstemp_full (writer->temporary_path, O_RDWR | O_CLOEXEC, 0666);
    }
  if (writer->descriptor < 0)
    {
      int number = errno;

      g_clear_pointer (&writer->temporary_path, g_free);
      set_write_error (error, path, number);
      return NULL;
    }
  return g_steal_pointer (&writer);
}

static bool
write_at (VolantCityWriter *writer, uint64_t offset, const void *data, size_t size, GError **error)
{
  const uint8_t *bytes = data;

  while (size > 0)
    {
      ssize_t written = pwrite (writer->descriptor, bytes, size, (off_t) offset);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return set_write_error (error, writer->path, written < 0 ? errno : ENOSPC);
      bytes += written;
      size -= (size_t) written;
      offset += (uint64_t) written;
    }
  return true;
}

static void
add_checksums (VolantCityWriter *writer, const uint8_t *data, size_t size)
{
  static const uint8_t zeros[VOLANT_CITY_ALIGNMENT];
  size_t padding = volant_city_padded (size) - size;

  /* padding never begins a block: blocks are multiples of the alignment */
  for (size_t start = 0; start < size; start += VOLANT_CITY_BLOCK_SIZE)
    {
      size_t length = MIN (size - start, VOLANT_CITY_BLOCK_SIZE);
      uint32_t checksum = (uint32_t) crc32_z (0, data + start, length);

      if (start + length == size)
        checksum = (uint32_t) crc32_z (checksum, zeros, padding);
      g_array_append_val (writer->checksums, checksum);
    }
}

/* Appends a section; a tag may be used once. data may be NULL where size is 0. */
bool
volant_city_writer_add (VolantCityWriter *writer, uint32_t tag, const void *data, size_t size,
                        GError **error)
{
  static const uint8_t zeros[VOLANT_CITY_ALIGNMENT];
  VolantCityEntry entry = { tag, writer->checksums->len, writer->offset, size };

  for (unsigned i = 0; i < writer->entries->len; i++)
    g_return_val_if_fail (g_array_index (writer->entries, VolantCityEntry, i).tag != tag, false);
  g_return_val_if_fail (writer->entries->len < VOLANT_CITY_MAX_SECTIONS, false);

  if (!write_at (writer, writer->offset, data, size, error) ||
      !write_at (writer, writer->offset + size, zeros, volant_city_padded (size) - size, error))
    return false;
  add_checksums (writer, data, size);
  g_array_append_val (writer->entries, entry);
  writer->offset += volant_city_padded (size);
  return true;
}

static bool
write_table_and_header (VolantCityWriter *writer, GError **error)
{
  VolantCityHeader header = { .version = VOLANT_CITY_VERSION,
                              .block_size = VOLANT_CITY_BLOCK_SIZE };
  size_t entries_size = writer->entries->len * sizeof (VolantCityEntry);
  size_t checksums_size = writer->checksums->len * sizeof (uint32_t);
  unsigned long checksum;

  memcpy (header.magic, VOLANT_CITY_MAGIC, sizeof header.magic);
  header.n_sections = writer->entries->len;
  header.table_offset = writer->offset;
  header.table_size = entries_size + checksums_size;
  header.file_size = header.table_offset + header.table_size;
  /* an empty array may have no memory, and zlib takes NULL for a new beginning */
  checksum = crc32_z (0, Z_NULL, 0);
  if (entries_size > 0)
    checksum = crc32_z (checksum, (const uint8_t *) writer->entries->data, entries_size);
  if (checksums_size > 0)
    checksum = crc32_z (checksum, (const uint8_t *) writer->checksums->data, checksums_size);
  header.table_checksum = (uint32_t) checksum;
  header.checksum = (uint32_t) crc32_z (0, (const uint8_t *) &header,
                                        offsetof (VolantCityHeader, checksum));
  return write_at (writer, writer->offset, writer->entries->data, entries_size, error) &&
         write_at (writer, writer->offset + entries_size, writer->checksums->data, checksums_size,
                   error) &&
         write_at (writer, 0, &header, sizeof header, error);
}

/* Gives the nameless file a name beside the final one: a rename can replace a file, a link
 * cannot. */
static bool
give_name (VolantCityWriter *writer, GError **error)
{
  g_autofree char *nameless = g_strdup_printf ("/proc/self/fd/%d", writer->descriptor);
  int number = EEXIST;

  for (unsigned attempt = 0; attempt < 100 && number == EEXIST; attempt++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%d-%u", writer->path, (int) getpid (), attempt);

      number = linkat (AT_FDCWD, nameless, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
      if (number == 0)
        writer->temporary_path = g_steal_pointer (&name);
    }
  return number == 0 || set_write_error (error, writer->path, number);
}

/* Writes the table, makes the file last (fsync) and gives it its name in one step. */
bool
volant_city_writer_finish (VolantCityWriter *writer, GError **error)
{
  if (!write_table_and_header (writer, error))
    return false;
  if (fsync (writer->descriptor) != 0)
    return set_write_error (error, writer->path, errno);
  if (writer->temporary_path == NULL && !give_name (writer, error))
    return false;
  if (g_rename (writer->temporary_path, writer->path) != 0)
    return set_write_error (error, writer->path, errno);
  g_clear_pointer (&writer->temporary_path, g_free);
  return true;
}

/* Removes what was not finished; writer may be NULL. */
void
volant_city_writer_free (VolantCityWriter *writer)
{
  if (writer == NULL)
    return;
  if (writer->temporary_path != NULL)
    g_unlink (writer->temporary_path);
  if (writer->descriptor >= 0)
    close (writer->descriptor);
  g_array_unref (writer->entries);
  g_array_unref (writer->checksums);
  g_free (writer->temporary_path);
  g_free (writer->path);
  g_free (writer);
}

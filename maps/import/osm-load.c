/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/osm-load.h"

#include "maps/error.h"
#include "maps/import/osm-source.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Tells the kind of an OpenStreetMap file by its first bytes, never by its name, and reads it. */

gssize
volant_osm_source_read (VolantOsmSource *source, void *buffer, size_t size, GError **error)
{
  gssize count;

  if (source->descriptor < 0)
    {
      count = (gssize) MIN (size, source->size - source->offset);
      if (count > 0)
        memcpy (buffer, source->bytes + source->offset, (size_t) count);
    }
  else
    {
      do
        count = pread (source->descriptor, buffer, size, (off_t) source->offset);
      while (count < 0 && errno == EINTR);
      if (count < 0)
        g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno),
                     "%s cannot be read: %s", source->name, g_strerror (errno));
    }
  if (count > 0)
    source->offset += (uint64_t) count;
  return count;
}

bool
volant_osm_source_report (VolantOsmSource *source, GError **error)
{
  double fraction = source->size > 0 ? (double) source->offset / (double) source->size : 1.0;

  if (source->progress == NULL || source->progress (fraction, "reading", source->progress_data))
    return true;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped while reading %s", source->name);
  return false;
}

bool
volant_osm_source_set_corrupt (const VolantOsmSource *source, const char *what, GError **error)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "%s is damaged or cut off: %s (near byte %" G_GUINT64_FORMAT "); fetch it again",
               source->name, what, source->offset);
  return false;
}

/* A PBF begins with the length of a BlobHeader, whose first field is the text "OSMHeader". */
static bool
looks_like_pbf (const uint8_t *start, size_t size)
{
  return size >= 15 && start[0] == 0 && start[1] == 0 && start[4] == 0x0a && start[5] == 9 &&
         memcmp (start + 6, "OSMHeader", 9) == 0;
}

static bool
looks_like_xml (const uint8_t *start, size_t size)
{
  static const char *const packed[] = { "\x1f\x8b", "BZh", ("\xfd" "7zXZ"), "\x28\xb5\x2f\xfd" };
  size_t i = size >= 3 && memcmp (start, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  for (unsigned k = 0; k < G_N_ELEMENTS (packed); k++)
    if (size >= strlen (packed[k]) && memcmp (start, packed[k], strlen (packed[k])) == 0)
      return true;
  while (i < size && g_ascii_isspace (start[i]))
    i++;
  return i < size && start[i] == '<';
}

static VolantOsm *
load (VolantOsmSource *source, bool roads_only, GError **error)
{
  g_autoptr (VolantOsmBuilder) builder = volant_osm_builder_new (roads_only);
  uint8_t start[64];
  gssize count = volant_osm_source_read (source, start, sizeof start, error);
  bool good = false;

  if (count < 0)
    return NULL;
  source->offset = 0;
  if (count == 0)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
                 "%s is empty; fetch it again", source->name);
  else if (looks_like_pbf (start, (size_t) count))
    good = volant_osm_read_pbf (source, builder, error);
  else if (looks_like_xml (start, (size_t) count))
    good = volant_osm_read_xml (source, builder, error);
  else
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                 "%s is not OpenStreetMap data; .osm.pbf, .osm, .osm.gz and .osm.bz2 can be read",
                 source->name);
  return good ? volant_osm_builder_finish (builder, error) : NULL;
}

/* Reads a whole extract into memory. roads_only: see volant_osm_builder_new (). progress may be
 * NULL. Errors: G_FILE_ERROR, VOLANT_MAPS_ERROR_CORRUPT, _UNSUPPORTED, _EMPTY, _TOO_LARGE,
 * G_IO_ERROR_CANCELLED. */
VolantOsm *
volant_osm_load (const char *path, bool roads_only, VolantProgress progress, void *data,
                 GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  VolantOsmSource source = { .name = name, .progress = progress, .progress_data = data };
  struct stat facts;
  VolantOsm *osm = NULL;

  source.descriptor = open (path, O_RDONLY | O_CLOEXEC);
  if (source.descriptor < 0 || fstat (source.descriptor, &facts) != 0)
    g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno),
                 "%s cannot be read: %s", name, g_strerror (errno));
  else if (!S_ISREG (facts.st_mode))
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                 "%s is not a file; give an OpenStreetMap file", name);
  else
    {
      source.size = (uint64_t) facts.st_size;
      osm = load (&source, roads_only, error);
    }
  if (source.descriptor >= 0)
    close (source.descriptor);
  return osm;
}

VolantOsm *
volant_osm_load_bytes (const void *bytes, size_t size, const char *name, bool roads_only,
                       VolantProgress progress, void *data, GError **error)
{
  VolantOsmSource source = { .name = name,
                             .descriptor = -1,
                             .bytes = bytes,
                             .size = size,
                             .progress = progress,
                             .progress_data = data };

  return load (&source, roads_only, error);
}

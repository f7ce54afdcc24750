/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/feeds/feed-links.h"

#include "app/error.h"
#include "app/feeds/document-reader.h"

/* Links are untrusted: a feed must not make the program read files that are none of its own. */

static const char *const names[VOLANT_FEED_N_DOCUMENTS] = {
  [VOLANT_FEED_SYSTEM_INFORMATION] = "system_information.json",
  [VOLANT_FEED_STATION_INFORMATION] = "station_information.json",
  [VOLANT_FEED_STATION_STATUS] = "station_status.json",
  [VOLANT_FEED_VEHICLE_TYPES] = "vehicle_types.json",
};

static char *
find_in_folder (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

char *
volant_feed_first_document (const char *location)
{
  g_autofree char *discovery = NULL;
  g_autofree char *information = NULL;

  if (volant_document_is_url (location))
    return g_strdup (location);
  if (g_str_has_prefix (location, "file:"))
    {
      g_autofree char *path = g_filename_from_uri (location, NULL, NULL);

      return path != NULL ? volant_feed_first_document (path) : g_strdup (location);
    }
  if (!g_file_test (location, G_FILE_TEST_IS_DIR))
    return g_strdup (location);
  discovery = find_in_folder (location, "gbfs.json");
  information = find_in_folder (location, names[VOLANT_FEED_STATION_INFORMATION]);
  if (discovery == NULL && information != NULL)
    return NULL;
  return g_build_filename (location, "gbfs.json", NULL);
}

void
volant_feed_list_folder (const char *location, char **addresses)
{
  g_autofree char *path = g_filename_from_uri (location, NULL, NULL);

  for (unsigned i = 0; i < VOLANT_FEED_N_DOCUMENTS; i++)
    if (names[i] != NULL)
      addresses[i] = find_in_folder (path != NULL ? path : location, names[i]);
}

static char *
resolve_on_network (const char *base, const char *link)
{
  g_autofree char *address = g_uri_resolve_relative (base, link, G_URI_FLAGS_NONE, NULL);

  return address != NULL && volant_document_is_url (address) ? g_steal_pointer (&address) : NULL;
}

static char *
resolve_in_folder (const char *base, const char *link, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (base);
  g_autofree char *canonical_folder = g_canonicalize_filename (folder, NULL);
  g_autofree char *prefix = g_strconcat (canonical_folder, "/", NULL);
  g_autofree char *beside = NULL;
  g_autofree char *path = NULL;

  if (g_uri_peek_scheme (link) != NULL)
    {
      beside = find_in_folder (folder, name);
      if (beside != NULL)
        return g_steal_pointer (&beside);
      return volant_document_is_url (link) ? g_strdup (link) : NULL;
    }
  path = g_canonicalize_filename (link, canonical_folder);
  return g_str_has_prefix (path, prefix) ? g_steal_pointer (&path) : NULL;
}

bool
volant_feed_resolve_links (const char *base, const VolantGbfsLinks *links, char **addresses,
                           GError **error)
{
  const char *const published[VOLANT_FEED_N_DOCUMENTS] = {
    [VOLANT_FEED_SYSTEM_INFORMATION] = links->system_information,
    [VOLANT_FEED_STATION_INFORMATION] = links->station_information,
    [VOLANT_FEED_STATION_STATUS] = links->station_status,
    [VOLANT_FEED_VEHICLE_TYPES] = links->vehicle_types,
  };

  for (unsigned i = 0; i < VOLANT_FEED_N_DOCUMENTS; i++)
    {
      if (published[i] == NULL)
        continue;
      addresses[i] = volant_document_is_url (base)
                         ? resolve_on_network (base, published[i])
                         : resolve_in_folder (base, published[i], names[i]);
      if (addresses[i] != NULL)
        continue;
      for (unsigned j = 0; j < i; j++)
        g_clear_pointer (&addresses[j], g_free);
      g_set_error (
          error, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
          "%s links to “%s”, which is not followed: write an http address or the name of a "
          "file beside it",
          base, published[i]);
      return false;
    }
  return true;
}

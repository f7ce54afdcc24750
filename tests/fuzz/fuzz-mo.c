/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "app/text/mo.h"

#include <string.h>

/* Message catalogues: whatever is opened must answer for every text within its bytes. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const texts[] = { "", "Cancelled", "%s metre", "there is no such text" };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (VolantMo) mo = volant_mo_new (bytes, NULL);

  if (mo == NULL)
    return 0;
  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    for (unsigned form = 0; form < 4; form++)
      {
        const char *found = volant_mo_lookup (mo, texts[i], form);

        g_assert_true (found == NULL || g_utf8_validate (found, -1, NULL));
      }
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const uint8_t empty[28] = {
    0xde, 0x12, 0x04, 0x95, 0, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28
  };
  static const char *const names[] = { "fr.mo", "zh.mo" };
  const char *build = g_getenv ("VOLANT_TEST_BUILD");

  add (empty, sizeof empty, user_data);
  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path =
          g_build_filename (build != NULL ? build : ".", "app", "text", names[i], NULL);
      g_autofree char *content = NULL;
      size_t size;

      if (g_file_get_contents (path, &content, &size, NULL))
        add (content, size, user_data);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/kernels.h"

#include <string.h>

/* Which of the kernels this processor can run, best first. */

static const VolantKernels *usable[6];
static const VolantKernels *chosen;

static void
choose (void)
{
  const char *wish = g_getenv ("VOLANT_KERNELS");
  unsigned n = 0;

#if defined __x86_64__
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw") &&
      __builtin_cpu_supports ("avx512vl") && __builtin_cpu_supports ("bmi2"))
    usable[n++] = &volant_kernels_avx512;
  if (__builtin_cpu_supports ("avx2"))
    usable[n++] = &volant_kernels_avx2;
  if (__builtin_cpu_supports ("sse4.1"))
    usable[n++] = &volant_kernels_sse4;
#elif defined __aarch64__
  usable[n++] = &volant_kernels_neon;
#endif
  usable[n++] = &volant_kernels_portable;
  chosen = usable[0];
  for (unsigned i = 0; wish != NULL && i < n; i++)
    if (strcmp (usable[i]->name, wish) == 0)
      chosen = usable[i];
}

static void
choose_once (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      choose ();
      g_once_init_leave (&once, 1);
    }
}

const VolantKernels *
volant_kernels_get (void)
{
  choose_once ();
  return chosen;
}

const VolantKernels *const *
volant_kernels_list (void)
{
  choose_once ();
  return usable;
}

void
volant_kernels_use (const VolantKernels *kernels)
{
  choose_once ();
  chosen = kernels;
}

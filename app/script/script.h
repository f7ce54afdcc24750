/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A script: steps that drive the real program, one a line, as a person would tell them. The language
 * is described in the README, "Scripts". This is the reader, a pure core; script-runner.h plays it. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_STEP_SET,
  VOLANT_STEP_START,
  VOLANT_STEP_SAY,
  VOLANT_STEP_TAP,
  VOLANT_STEP_TAP_MAP,
  VOLANT_STEP_TYPE,
  VOLANT_STEP_KEY,
  VOLANT_STEP_DO,
  VOLANT_STEP_WAIT,
  VOLANT_STEP_EXPECT,
  VOLANT_STEP_SCREENSHOT,
  VOLANT_STEP_RECORD,
  VOLANT_STEP_RESIZE,
} VolantStepKind;

typedef enum {
  VOLANT_COMPARE_TRUE, /* no value: set, not empty, not false, not zero */
  VOLANT_COMPARE_IS,
  VOLANT_COMPARE_IS_NOT,
  VOLANT_COMPARE_CONTAINS,
  VOLANT_COMPARE_BELOW,
  VOLANT_COMPARE_ABOVE,
  VOLANT_COMPARE_AT_MOST,
  VOLANT_COMPARE_AT_LEAST,
} VolantCompare;

/* What is waited for or expected. */
typedef struct {
  char *key;         /* of the program's state; NULL: a text on the screen */
  VolantCompare compare;
  char *value;       /* what it is compared with, or the text; NULL for COMPARE_TRUE */
  char *on;          /* the widget that shows the text; NULL: anywhere */
  bool negated;      /* "expect no text …" */
} VolantCondition;

typedef struct {
  VolantStepKind kind;
  unsigned line;     /* from 1 */
  char *source;      /* the line without its margin, for the report */
  GStrv words;       /* after the verb, quotes taken off */
  VolantCondition condition; /* WAIT and EXPECT */
  double within_s;   /* WAIT */
} VolantStep;

typedef struct _VolantScript VolantScript;

typedef enum {
  VOLANT_SCRIPT_ERROR_SYNTAX, /* the message begins with NAME:LINE: */
  VOLANT_SCRIPT_ERROR_STAGE,  /* no virtual display, no bus, the program does not start */
  VOLANT_SCRIPT_ERROR_FAILED, /* a step did not come out as it says */
} VolantScriptError;

#define VOLANT_SCRIPT_ERROR (volant_script_error_quark ())
GQuark volant_script_error_quark (void);

/* Reads a script. name stands in messages. Text must be UTF-8 of at most 1 MiB. */
VolantScript *volant_script_parse (const char *name, const char *text, gssize length,
                                   GError **error);
void volant_script_free (VolantScript *script);
const VolantStep *volant_script_get_step (const VolantScript *script, unsigned index);
unsigned volant_script_get_n_steps (const VolantScript *script);

/* Puts variables in: ${name} becomes its value; an unknown name is an error (transfer full). */
char *volant_script_expand (const char *text, GHashTable *variables, GError **error);

/* Whether a value satisfies a condition (its value expanded already); actual NULL: not there.
 * Numbers compare as numbers where both are, else as text. */
bool volant_condition_holds (const VolantCondition *condition, const char *value,
                             const char *actual);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantScript, volant_script_free)

G_END_DECLS

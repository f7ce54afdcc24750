/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/navigation/navigation.h"
#include "app/session.h"
#include "speech/dialogue.h"

/* The conversation: what was heard or touched goes through the dialogue's core, and what that core
 * decides is done, asked, shown and said. It works with no ears and no mouth: a question is then
 * asked and answered on the screen. One question is open at a time; a new one ends the old. */

G_BEGIN_DECLS

typedef struct _VolantConversation VolantConversation;

/* The session owns it. */
VolantConversation *volant_conversation_new (VolantSession *session);
void volant_conversation_free (VolantConversation *conversation);

/* Asks whether action may be done. task (of volant_action_perform_async) is completed with its
 * answer after a yes, and with VOLANT_ERROR_DECLINED otherwise. parameter is NULL or a string. */
void volant_conversation_ask (VolantConversation *conversation, const VolantAction *action,
                              GVariant *parameter, GTask *task);

/* Asks which of several targets (VolantTarget; two to six) is meant, and goes there. task is as
 * above, or NULL. */
void volant_conversation_choose (VolantConversation *conversation, GPtrArray *targets, GTask *task);

/* Asks which of the navigation's alternatives to go by (two to three). */
void volant_conversation_choose_route (VolantConversation *conversation, unsigned n_routes);

void volant_conversation_hear (VolantConversation *conversation, const VolantHearing *hearing);
/* "yes", "no", "cancel", "1" … "6", by touch or D-Bus. Without a question nothing happens. */
void volant_conversation_answer (VolantConversation *conversation, const char *word);

const VolantQuestion *volant_conversation_get_question (VolantConversation *conversation);
/* What the ears are to listen for. */
VolantExpectation volant_conversation_get_expectation (VolantConversation *conversation);
/* The open question in the new language. */
void volant_conversation_set_language (VolantConversation *conversation);

G_END_DECLS

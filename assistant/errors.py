"""The errors of the assistant; they name models, cases and kinds, never content.

AssistantError
├── ChecklistInvalid         the workspace's checklist says what a checklist cannot say
└── ModelError
    ├── ModelUnavailable     no model answered: missing file, no connection, timeout, refusal
    └── ModelAnswerInvalid   the answer is not what the schema asks for, or the gate refused it
"""


class AssistantError(Exception):
    """Base of everything this package raises on purpose."""


class ChecklistInvalid(AssistantError):
    """The workspace's checklist says what a checklist cannot say."""


class ModelError(AssistantError):
    """Base of what can go wrong with a language model."""


class ModelUnavailable(ModelError):
    """No model answered: missing file, no connection, timeout, refusal."""


class ModelAnswerInvalid(ModelError):
    """The answer is not what the schema asks for, or the gate refused to admit it."""

"""Stored keys by which a possible duplicate of a record or place is found."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class DuplicateKeyKind(models.TextChoices):
    """What two possible duplicates have in common."""

    NAME = "name", _("name")
    ADDRESS = "address", _("address")
    PHONE = "phone", _("telephone")
    MAIL = "mail", _("email")
    SITE = "site", _("website")


class DuplicateKey(models.Model):
    """One key that identifies an organisation, activity or place; updated when it is saved.

    Holds telephone numbers and mail addresses of every audience: never show it outside the admin.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("content_type", "object_id")
    kind = models.CharField(max_length=10, choices=DuplicateKeyKind)
    key = models.CharField(max_length=120)

    class Meta:
        indexes = [
            models.Index(fields=["content_type", "kind", "key"]),
            models.Index(fields=["content_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"

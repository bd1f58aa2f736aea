"""Which fields have a column per language of the catalogue; read by modeltranslation."""

from modeltranslation.translator import TranslationOptions, register

from directory import models


@register(models.Organization)
class OrganizationTranslation(TranslationOptions):
    fields = ("name", "description", "how_to_reach", "area_text", "alert")


@register(models.Service)
class ServiceTranslation(TranslationOptions):
    fields = (
        "name",
        "description",
        "application_process",
        "eligibility_description",
        "conditions",
        "duration",
        "fees_description",
        "alert",
    )


@register(models.TaxonomyTerm)
class TaxonomyTermTranslation(TranslationOptions):
    fields = ("name", "plain")


@register(models.Area)
class AreaTranslation(TranslationOptions):
    fields = ("name",)


@register(models.Place)
class PlaceTranslation(TranslationOptions):
    fields = ("name",)


@register(models.Phone)
class PhoneTranslation(TranslationOptions):
    fields = ("safe_call_note",)


@register(models.Contact)
class ContactTranslation(TranslationOptions):
    fields = ("safe_call_note",)


@register(models.Location)
class LocationTranslation(TranslationOptions):
    fields = ("name", "transportation")


@register(models.ConfidentialPlace)
class ConfidentialPlaceTranslation(TranslationOptions):
    fields = ("public_name", "referral_path")


@register(models.Accessibility)
class AccessibilityTranslation(TranslationOptions):
    fields = ("description", "details")


@register(models.EligibilityAlternative)
class EligibilityAlternativeTranslation(TranslationOptions):
    fields = ("ask_first",)


@register(models.CostOption)
class CostOptionTranslation(TranslationOptions):
    fields = ("option",)


@register(models.RequiredDocument)
class RequiredDocumentTranslation(TranslationOptions):
    fields = ("document",)


@register(models.FinderQuestion)
class FinderQuestionTranslation(TranslationOptions):
    fields = ("title", "title_other", "text", "text_other", "text_none")


@register(models.FinderAnswer)
class FinderAnswerTranslation(TranslationOptions):
    fields = ("text", "text_other")

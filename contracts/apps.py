from django.apps import AppConfig

from approvals.selectors import reliance, screeners


class ContractsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "contracts"
    verbose_name = "合同"

    def ready(self) -> None:
        screeners.register("contracts.selectors.screening.screened_contract")
        reliance.register("contracts.selectors.reliance.signed_on")

from django.urls import path

from contracts.views import acting, clearing, reading, writing

app_name = "contracts"
urlpatterns = [
    path("", reading.contract_list, name="contract_list"),
    path("new/", writing.contract_new, name="contract_new"),
    path("<uuid:pk>/", reading.contract_detail, name="contract_detail"),
    path("<uuid:pk>/edit/", writing.contract_edit, name="contract_edit"),
    path("<uuid:pk>/clauses/", writing.contract_clauses, name="contract_clauses"),
    path("<uuid:pk>/valuation/", writing.contract_valuation, name="contract_valuation"),
    path("<uuid:pk>/files/", writing.contract_upload, name="contract_upload"),
    path("<uuid:pk>/files/<uuid:file_pk>/", reading.contract_file, name="contract_file"),
    path("<uuid:pk>/safety/", writing.contract_safety, name="contract_safety"),
    path("<uuid:pk>/submit/", acting.contract_submit, name="contract_submit"),
    path("<uuid:pk>/clearances/new/", clearing.clearance_new, name="contract_clearance"),
    path("<uuid:pk>/check/", acting.contract_check, name="contract_check"),
    path("<uuid:pk>/legal/", acting.contract_legal, name="contract_legal"),
    path("<uuid:pk>/sign/", acting.contract_sign, name="contract_sign"),
    path("<uuid:pk>/file/", acting.contract_filing, name="contract_filing"),
    path("<uuid:pk>/effect/", acting.contract_effect, name="contract_effect"),
    path("<uuid:pk>/void/", acting.contract_void, name="contract_void"),
    path("<uuid:pk>/filing-form.pdf", reading.filing_form, name="filing_form"),
]

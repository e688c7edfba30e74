import importlib, pytest, os
os.environ.update(LITELLM_LOCAL_MODEL_COST_MAP="True", TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS="", HF_HUB_OFFLINE="1", LANCE_LOG="error")
@pytest.mark.parametrize("m", ["spacy","presidio_analyzer","torch","sentence_transformers","lancedb","pyarrow","litellm","xllamacpp","sqlalchemy","streamlit","streamlit.testing.v1","altair","pandas","typer","cryptography.fernet","playwright.sync_api","hypothesis","jinja2","pydantic_settings","rich","yaml"])
def test_import(m): importlib.import_module(m)
def test_spacy(models):
    import spacy
    n=spacy.load(models["spacy-en-core-web-md"], exclude=["parser","lemmatizer","tagger","attribute_ruler"])
    assert n("Jane Roe met Bob Smith in Paris.").ents
def test_minilm(models):
    from sentence_transformers import SentenceTransformer
    assert SentenceTransformer(str(models["all-minilm-l6-v2"]), device="cpu").encode(["x"]).shape==(1,384)
def test_lance(tmp_path):
    import lancedb, pyarrow as pa
    db=lancedb.connect(str(tmp_path)); t=db.create_table("t",[{"v":[1.0,2.0],"s":"a"}]); assert t.search([1.0,2.0]).limit(1).to_list()
def test_litellm():
    import litellm
    class L(litellm.CustomLLM):
        def completion(self,*a,**k): return litellm.ModelResponse(choices=[{"message":{"content":"hi"}}])
    litellm.custom_provider_map=[{"provider":"emb","custom_handler":L()}]
    r=litellm.completion(model="emb/x",messages=[{"role":"user","content":"hi"}]); assert r
def test_apptest():
    from streamlit.testing.v1 import AppTest
    at=AppTest.from_string("import streamlit as st\nst.title('x')\n").run(); assert at.title[0].value=='x'
def test_presidio_rec():
    from presidio_analyzer.predefined_recognizers import EmailRecognizer, CreditCardRecognizer
    assert EmailRecognizer().analyze("mail jane@example.com",["EMAIL_ADDRESS"])

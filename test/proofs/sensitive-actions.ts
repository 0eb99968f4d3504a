/**
 * Actions that the public list https://github.com/primeharbor/sensitive_iam_actions calls sensitive, by why; those that AWS has
 * taken back are left out when they are asked.
 */
const BY_SERVICE = {
  "exposes credentials": {
    appsync: "ListApiKeys",
    athena: "GetSession",
    chatbot: "GetMicrosoftTeamsOauthParameters GetSlackOauthParameters",
    chime: "CreateApiKey",
    cloud9: "CreateEnvironmentSSH CreateEnvironmentToken",
    codeartifact: "GetAuthorizationToken",
    codepipeline: "PollForJobs",
    "cognito-identity": "GetCredentialsForIdentity GetOpenIdToken GetOpenIdTokenForDeveloperIdentity",
    "cognito-idp": "DescribeUserPoolClient GetUserAttributeVerificationCode",
    connect: "GetFederationToken ListSecurityKeys",
    ec2: "GetPasswordData",
    "ec2-instance-connect": "SendSSHPublicKey",
    "ecr-public": "GetAuthorizationToken",
    ecr: "GetAuthorizationToken",
    gamelift: "GetComputeAuthToken GetGameSessionLogUrl GetInstanceAccess RequestUploadCredentials",
    iam: "CreateAccessKey CreateLoginProfile CreateServiceSpecificCredential ResetServiceSpecificCredential UpdateAccessKey",
    lightsail:
      "DownloadDefaultKeyPair GetBucketAccessKeys GetKeyPair GetKeyPairs GetRelationalDatabaseMasterUserPassword",
    mediapackage: "RotateChannelCredentials RotateIngestEndpointCredentials",
    "rds-db": "connect",
    redshift: "GetClusterCredentials",
    s3: "GetDataAccess",
    snowball: "GetJobUnlockCode",
    "sso-directory": "ListBearerTokens",
    storagegateway: "DescribeChapCredentials",
    sts: "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken GetSessionToken",
    "waf-regional": "GetChangeToken",
    waf: "GetChangeToken",
  },
  "shows data": {
    appsync: "GetDataSource GetFunction",
    athena: "GetQueryExecution GetQueryResults GetQueryResultsStream",
    cassandra: "Select",
    chatbot:
      "DescribeSlackChannels DescribeSlackUserIdentities ListMicrosoftTeamsConfiguredTeams ListMicrosoftTeamsUserIdentities",
    chime:
      "GetAttendee GetChannelMessage GetMeeting GetMeetingDetail GetRoom GetUser GetUserActivityReportData GetUserByEmail GetUserSettings ListAttendees ListMeetingEvents ListMeetings ListUsers",
    cleanrooms: "GetProtectedQuery",
    cloudformation: "GetTemplate",
    cloudfront: "GetFunction",
    cloudtrail: "GetQueryResults LookupEvents",
    codeartifact: "GetPackageVersionAsset GetPackageVersionReadme ReadFromRepository",
    codebuild: "BatchGetReportGroups BatchGetReports",
    codecommit:
      "BatchGetCommits BatchGetPullRequests BatchGetRepositories DescribeMergeConflicts DescribePullRequestEvents GetApprovalRuleTemplate GetBlob GetBranch GetComment GetCommentReactions GetCommentsForComparedCommit GetCommentsForPullRequest GetCommit GetCommitHistory GetCommitsFromMergeBase GetDifferences GetFile GetFolder GetMergeCommit GetMergeConflicts GetMergeOptions GetObjectIdentifier GetPullRequest GetPullRequestApprovalStates GetPullRequestOverrideState GetReferences GetTree GitPull",
    "codeguru-profiler": "GetRecommendations",
    "codeguru-reviewer": "DescribeCodeReview DescribeRecommendationFeedback",
    codepipeline: "GetPipelineExecution",
    "cognito-identity": "LookupDeveloperIdentity",
    "cognito-idp":
      "AdminGetDevice AdminGetUser AdminListDevices AdminListGroupsForUser AdminListUserAuthEvents GetDevice GetGroup GetUser ListUsers ListDevices ListGroups",
    "cognito-sync": "ListRecords QueryRecords",
    connect: "ListUsers",
    datapipeline: "QueryObjects",
    dax: "BatchGetItem GetItem Query Scan",
    dynamodb: "BatchGetItem GetItem GetRecords Query Scan",
    ecr: "GetDownloadUrlForLayer",
    es: "ESHttpDelete ESHttpGet ESHttpHead ESHttpPatch ESHttpPost ESHttpPut",
    healthlake: "ReadResource SearchWithGet SearchWithPost",
    kendra: "Query",
    kinesis: "GetRecords",
    kinesisvideo: "GetImages GetMedia",
    lambda: "GetFunction GetLayerVersion",
    lightsail: "GetContainerImages",
    logs: "GetLogEvents GetLogRecord GetQueryResults",
    macie2: "GetFindings",
    mediastore: "GetObject",
    qldb: "GetBlock",
    rds: "DownloadCompleteDBLogFile DownloadDBLogFilePortion",
    robomaker: "GetWorldTemplateBody",
    "s3-object-lambda": "GetObject GetObjectVersion ListBucket",
    s3: "GetObject GetObjectVersion",
    sagemaker: "Search",
    sdb: "Select",
    serverlessrepo: "GetApplication GetCloudFormationTemplate",
    sqs: "ReceiveMessage",
    ssm: "GetDocument GetParameter GetParameterHistory GetParameters GetParametersByPath",
    "sso-directory": "DescribeGroup DescribeUser SearchGroups SearchUsers",
    sso: "SearchGroups SearchUsers",
    support: "DescribeAttachment DescribeCommunications",
    workdocs: "GetDocument GetDocumentPath GetDocumentVersion",
    workmail: "ListGroupMembers ListGroups ListUsers",
  },
  "raises privileges": {
    codestar: "AssociateTeamMember CreateProject",
    glue: "UpdateDevEndpoint",
    iam: "AddUserToGroup AttachGroupPolicy AttachRolePolicy AttachUserPolicy CreatePolicyVersion CreateServiceLinkedRole CreateVirtualMFADevice DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary EnableMFADevice PassRole PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy ResyncMFADevice SetDefaultPolicyVersion UpdateAssumeRolePolicy UpdateLoginProfile",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * What other public lists call sensitive, by list, in lower case; actions alone.
 *
 * Policy Sentry, `policy_sentry/shared/data/audit` (MIT, Salesforce.com, 2019): https://github.com/salesforce/policy_sentry. Its list of what
 * exposes networks is not among them: it is what Ops is for.
 * Cloudsplaining, `cloudsplaining/shared/constants.py` (BSD-3-Clause, salesforce.com, 2020): https://github.com/salesforce/cloudsplaining
 */
const BY_LIST = {
  "Policy Sentry: exposes credentials": {
    "cognito-identity": "getid",
    "cognito-idp": "associatesoftwaretoken",
    connect: "getfederationtokens",
    ec2: "getpassworddata",
    ecr: "getauthorizationtoken",
    glue: "getmapping",
    lightsail: "getinstanceaccessdetails getrelationaldatabasemasteruserpassword",
    "rds-db": "connect",
    redshift: "getclustercredentials",
    states: "getactivitytask",
    "waf-regional": "getchangetoken",
    waf: "getchangetoken",
  },
  "Policy Sentry: exposes resources": {
    cloudformation: "setstackpolicy",
    cloudsearch: "updateserviceaccesspolicies",
    connect: "getfederationtoken",
    ds: "createconditionalforwarder createdirectory createidentitypooldirectory createmicrosoftad createtrust",
    ec2: "createnetworkinterfacepermission deletenetworkinterfacepermission modifysnapshotattribute modifyvpcendpointservicepermissions resetsnapshotattribute",
    ecr: "setrepositorypolicy",
    elasticmapreduce: "putblockpublicaccessconfiguration",
    glacier:
      "abortvaultlock completevaultlock deletevaultaccesspolicy initiatevaultlock setdataretrievalpolicy setvaultaccesspolicy",
    greengrass: "associateserviceroletoaccount",
    iam: "addclientidtoopenidconnectprovider addroletoinstanceprofile changepassword createaccountalias creategroup createinstanceprofile createopenidconnectprovider createpolicy createrole createsamlprovider createuser deactivatemfadevice deleteaccountalias deleteaccountpasswordpolicy deletegroup deletegrouppolicy deleteinstanceprofile deleteloginprofile deleteopenidconnectprovider deletepolicy deletepolicyversion deleterole deleterolepolicy deletesamlprovider deleteservercertificate deleteservicelinkedrole deleteservicespecificcredential deletesigningcertificate deletesshpublickey deleteuser deleteuserpolicy deletevirtualmfadevice detachgrouppolicy detachrolepolicy detachuserpolicy removeclientidfromopenidconnectprovider removerolefrominstanceprofile removeuserfromgroup setsecuritytokenservicepreferences updateaccountpasswordpolicy updategroup updateopenidconnectproviderthumbprint updaterole updateroledescription updatesamlprovider updateservercertificate updateservicespecificcredential updatesigningcertificate updatesshpublickey updateuser uploadservercertificate uploadsigningcertificate uploadsshpublickey",
    iot: "attachpolicy attachprincipalpolicy setdefaultauthorizer setdefaultpolicyversion",
    kms: "creategrant putkeypolicy retiregrant revokegrant",
    lakeformation: "batchgrantpermissions grantpermissions putdatalakesettings",
    lambda: "addlayerversionpermission enablereplication removelayerversionpermission removepermission",
    "license-manager": "updateservicesettings",
    mediastore: "deletecontainerpolicy putcontainerpolicy",
    ram: "acceptresourceshareinvitation associateresourceshare createresourceshare deleteresourceshare disassociateresourceshare enablesharingwithawsorganization rejectresourceshareinvitation updateresourceshare",
    rds: "authorizedbsecuritygroupingress",
    redshift:
      "authorizeclustersecuritygroupingress authorizesnapshotaccess createclusteruser createsnapshotcopygrant joingroup modifyclusteriamroles revokeclustersecuritygroupingress revokesnapshotaccess rotateencryptionkey",
    s3: "deletebucketpolicy objectowneroverridetobucketowner putaccountpublicaccessblock putbucketacl putbucketpolicy putbucketpublicaccessblock putobjectacl putobjectversionacl",
    secretsmanager: "deleteresourcepolicy putresourcepolicy",
    servicecatalog: "createportfolioshare deleteportfolioshare",
    sns: "addpermission removepermission",
    sqs: "addpermission removepermission",
    "sso-directory": "addmembertogroup createuser enableuser updatepassword updateuser",
    sso: "associatedirectory associateprofile createpermissionset createprofile createtrust deletepermissionset deletepermissionspolicy putpermissionspolicy startsso updatepermissionset",
    "waf-regional": "createwebacl deletepermissionpolicy deletewebacl putpermissionpolicy updatewebacl",
    waf: "createwebacl deletepermissionpolicy deletewebacl putpermissionpolicy updatewebacl",
    xray: "putencryptionconfig",
  },
  "Policy Sentry: raises privileges, or is risky": {
    cloudformation: "createstack",
    codestar: "associateteammember createproject createprojectfromtemplate",
    datapipeline: "createpipeline putpipelinedefinition",
    "ec2-instance-connect": "sendsshpublickey",
    ec2: "runinstances",
    glue: "createdevendpoint getdevendpoint updatedevendpoint",
    iam: "addusertogroup attachgrouppolicy attachrolepolicy attachuserpolicy createaccesskey createloginprofile createpolicyversion passrole putgrouppolicy putrolepolicy putuserpolicy setdefaultpolicyversion updateassumerolepolicy updateloginprofile",
    lambda:
      "addpermission createeventsourcemapping createfunction invokefunction updatefunctioncode updatefunctionconfiguration",
    sagemaker: "createnotebookinstance createpresignednotebookinstanceurl",
    sts: "assumerole",
    workmailmessageflow: "getrawmessagecontent",
  },
  "Cloudsplaining: takes data out": {
    s3: "getobject",
    secretsmanager: "getsecretvalue",
    ssm: "getparameter getparameters getparametersbypath",
  },
  "Cloudsplaining: raises privileges": {
    apprunner: "createservice",
    "bedrock-agentcore": "createcodeinterpreter invokecodeinterpreter startcodeinterpretersession",
    cloudformation: "createchangeset createstackinstances createstackset executechangeset updatestackset",
    codebuild: "createproject startbuild startbuildbatch",
    datapipeline: "createpipeline",
    dynamodb: "createtable putitem",
    "ec2-instance-connect": "sendsshpublickey",
    ec2: "createlaunchtemplateversion modifyinstanceattribute modifylaunchtemplate requestspotinstances",
    ecs: "createcluster createservice executecommand registertaskdefinition runtask starttask",
    glue: "createdevendpoint createjob createtrigger startjobrun updatedevendpoint updatejob",
    iam: "deleteaccesskey",
    lambda: "addpermission createeventsourcemapping createfunction invokefunction updatefunctioncode",
    sagemaker:
      "createnotebookinstance createnotebookinstancelifecycleconfig createpresignednotebookinstanceurl createprocessingjob createtrainingjob updatenotebookinstance",
    sts: "assumerole",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The ids of all of them: `s3:GetObject`, in any capitals. */
export const SENSITIVE_ACTIONS: readonly string[] = [
  ...Object.values(BY_SERVICE),
  ...Object.values(BY_LIST),
].flatMap((services) =>
  Object.entries<string>(services).flatMap(([service, names]) =>
    names.split(" ").map((name) => `${service}:${name}`),
  ),
);
